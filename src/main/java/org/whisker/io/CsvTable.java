package org.whisker.io;

import java.util.HashSet;
import java.util.List;

/**
 * A table of text cells; an absent value is an empty cell.
 *
 * @param header column names, all distinct
 * @param rows each with as many cells as the header
 */
public record CsvTable(List<String> header, List<List<String>> rows) {
  public CsvTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    checkHeader(header);
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells under " + header.size() + " columns: " + row);
      }
    }
  }

  static void checkHeader(List<String> header) {
    if (header.isEmpty()) {
      throw new IllegalArgumentException("a table needs at least one column");
    }
    if (new HashSet<>(header).size() != header.size()) {
      throw new IllegalArgumentException("a column occurs twice in " + header);
    }
  }
}
