package org.whisker.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a page, with plain text cells.
 *
 * @param header column names
 * @param rows each as wide as the header
 * @param caption plain text
 * @param csv the file with the full numbers, relative to the report, or null
 */
public record DataTable(
    List<String> header, List<List<String>> rows, String caption, @Nullable String csv) {
  public DataTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells under " + header.size() + " columns: " + row);
      }
    }
  }

  public DataTable(List<String> header, List<List<String>> rows, String caption) {
    this(header, rows, caption, null);
  }
}
