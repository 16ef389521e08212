package org.whisker.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.whisker.io.ShownText;
import org.whisker.table.Columns;
import org.whisker.table.Table;

/** Rows of text under each other: columns as wide as their widest cell, two spaces apart. */
public final class TextTable {
  private TextTable() {}

  /** Rows of a table as people see them, see {@link Table#shown}; titles in capitals. */
  public static <R extends Record> String of(Table<R> table, List<R> rows) {
    List<List<String>> lines = new ArrayList<>(table.shown(rows));
    lines.set(0, lines.get(0).stream().map(title -> title.toUpperCase(Locale.ROOT)).toList());
    return of(lines);
  }

  /** Rows below the titles of their columns. */
  public static <R> String of(Columns<R> columns, List<R> rows) {
    return of(columns.lines(rows));
  }

  /** The rows, each with a line feed; all as long as the first. */
  public static String of(List<List<String>> table) {
    List<List<String>> rows =
        table.stream().map(row -> row.stream().map(ShownText::of).toList()).toList();
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
