package org.whisker.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One row as read, with its location, so that error messages name file and line.
 *
 * @param file the file that it was read from
 * @param line its (last) line in the file, from 1; the header is line 1
 */
public record CsvRow(Path file, long line, List<String> header, List<String> cells) {
  public CsvRow {
    header = List.copyOf(header);
    cells = List.copyOf(cells);
  }

  /**
   * The text under {@code column}, empty when absent.
   *
   * @throws IOException when the file has no such column
   */
  public String text(String column) throws IOException {
    int at = header.indexOf(column);
    if (at < 0) {
      throw new IOException(
          file + " has no column \"" + column + "\"; it has " + String.join(", ", header));
    }
    return cells.get(at);
  }

  /** The number under {@code column}; an error when the cell is empty or holds something else. */
  public double number(String column) throws IOException {
    String text = text(column);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw bad(column, text, "a number");
    }
  }

  /** The number under {@code column}, or empty for an empty cell. */
  public OptionalDouble optionalNumber(String column) throws IOException {
    return text(column).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number(column));
  }

  public long integer(String column) throws IOException {
    String text = text(column);
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw bad(column, text, "a whole number");
    }
  }

  /** An error about this row, with the message {@code file:line: what}. */
  public IOException error(String what) {
    return new IOException(file + ":" + line + ": " + what);
  }

  private IOException bad(String column, String text, String wanted) {
    return error(
        column + " is " + (text.isEmpty() ? "empty" : "\"" + text + "\"") + ", expected " + wanted);
  }
}
