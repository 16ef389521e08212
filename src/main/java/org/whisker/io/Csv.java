package org.whisker.io;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Csv.CsvRow;
import org.whisker.value.Checks;
import org.whisker.value.IoConsumer;
import org.whisker.value.Text;

/**
 * Tables as CSV: UTF-8, commas, a header, line feeds. Numbers are written with the fewest digits
 * that read back the same, independent of the locale; an absent value is an empty cell; what a
 * spreadsheet would run is written as text.
 */
public final class Csv {
  static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  private Csv() {}

  /** Writes the table whole or not at all. */
  public static void write(Path target, CsvTable table) throws IOException {
    StringBuilder text = new StringBuilder();
    print(text, table.header());
    for (List<String> row : table.rows()) {
      print(text, row);
    }
    AtomicFiles.write(target, text.toString());
  }

  static void print(StringBuilder out, List<String> cells) throws IOException {
    // null is printed bare, an empty text at the start of a line as ""
    FORMAT.printRecord(out, cells.stream().map(c -> c.isEmpty() ? null : written(c)).toArray());
  }

  /** The whole file. */
  public static CsvTable read(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = scan(file, row -> rows.add(row.cells()));
    return new CsvTable(header, rows);
  }

  /** The column names; the rest of the file is not read. */
  public static List<String> header(Path file) throws IOException {
    try (Reader in = InputFile.reader(file);
        CSVParser parser = FORMAT.parse(new BoundedLines(in))) {
      return header(file, parser, parser.iterator());
    } catch (CharacterCodingException e) {
      throw notUtf8(file, e);
    }
  }

  public static List<CsvRow> rows(Path file) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    scan(file, rows::add);
    return rows;
  }

  /**
   * Reads row by row, in constant memory.
   *
   * @return the header
   * @throws IOException naming file and line when a row is malformed
   */
  public static List<String> scan(Path file, IoConsumer<CsvRow> reader) throws IOException {
    try (Reader in = InputFile.reader(file);
        CSVParser parser = FORMAT.parse(new BoundedLines(in))) {
      return scan(file, parser, reader);
    } catch (CharacterCodingException e) {
      throw notUtf8(file, e);
    }
  }

  /**
   * Reads text row by row.
   *
   * @param from what the text was a part of, for messages
   * @return the header
   */
  public static List<String> scanText(String text, Path from, IoConsumer<CsvRow> reader)
      throws IOException {
    try (CSVParser parser = FORMAT.parse(new StringReader(text))) {
      return scan(from, parser, reader);
    }
  }

  /** A line of a hundred megabytes would become as many cells at once. */
  private static final class BoundedLines extends FilterReader {
    private static final int MOST = 4_000_000;
    private int length;

    BoundedLines(Reader in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      count(c);
      return c;
    }

    @Override
    public int read(char[] into, int from, int most) throws IOException {
      int read = super.read(into, from, most);
      for (int i = 0; i < read; i++) {
        count(into[from + i]);
      }
      return read;
    }

    private void count(int c) throws IOException {
      length = c == '\n' || c == '\r' ? 0 : length + 1;
      if (length > MOST) {
        throw new IOException(Text.of("a line of more than %,d characters", MOST));
      }
    }
  }

  private static IOException notUtf8(Path file, CharacterCodingException e) {
    return new IOException(file + " is not UTF-8 text; save it as a UTF-8 CSV file", e);
  }

  private static List<String> scan(Path file, CSVParser parser, IoConsumer<CsvRow> reader)
      throws IOException {
    Iterator<CSVRecord> records = parser.iterator();
    List<String> header = header(file, parser, records);
    for (CSVRecord r = next(file, parser, records); r != null; r = next(file, parser, records)) {
      if (r.size() == 1 && header.size() > 1 && r.get(0).isEmpty()) {
        continue; // a blank line
      }
      CsvRow row =
          new CsvRow(
              file, parser.getCurrentLineNumber(), header, r.stream().map(Csv::readCell).toList());
      if (row.cells().size() != header.size()) {
        throw row.error("has " + row.cells().size() + " cells, the header has " + header.size());
      }
      reader.accept(row);
    }
    return header;
  }

  private static List<String> header(Path file, CSVParser parser, Iterator<CSVRecord> records)
      throws IOException {
    CSVRecord first = next(file, parser, records);
    if (first == null) {
      throw new IOException(file + " is empty; a CSV file begins with a line of column names");
    }
    return header(file, first);
  }

  private static List<String> header(Path file, CSVRecord record) throws IOException {
    List<String> header = new ArrayList<>(record.toList());
    if (header.get(0).startsWith("\ufeff")) {
      header.set(0, header.get(0).substring(1)); // a byte order mark
    }
    try {
      CsvTable.checkHeader(header);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ":1: " + e.getMessage(), e);
    }
    return List.copyOf(header);
  }

  private static @Nullable CSVRecord next(Path file, CSVParser parser, Iterator<CSVRecord> records)
      throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      if (cause instanceof CharacterCodingException) {
        throw cause;
      }
      String where = file + ":" + Math.max(1, parser.getCurrentLineNumber());
      String why = cause == null ? e.getMessage() : cause.getMessage();
      throw new IOException(where + ": not valid CSV (" + why + ")", e);
    }
  }

  /** The text of one cell: null and empty optionals are absent. */
  public static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof Double d) {
      return Decimals.shortest(d);
    } else if (value instanceof Float f) {
      return Decimals.shortest(f);
    } else if (value instanceof OptionalDouble o) {
      return o.isPresent() ? Decimals.shortest(o.getAsDouble()) : "";
    } else if (value instanceof OptionalInt o) {
      return o.isPresent() ? Integer.toString(o.getAsInt()) : "";
    } else if (value instanceof OptionalLong o) {
      return o.isPresent() ? Long.toString(o.getAsLong()) : "";
    }
    return value.toString();
  }

  private static final String STARTS = "=+-@\t\r";

  /**
   * Cells that a spreadsheet would run as a formula ({@code =}, {@code +}, {@code -}, {@code @}, a
   * tab or carriage return at the start, and not a number). They are written behind an apostrophe,
   * which makes them text there, and read back without it. An apostrophe that is there already is
   * kept by another one.
   */
  static String written(String text) {
    return isFormula(text, false) ? "'" + text : text;
  }

  static String readCell(String cell) {
    return isFormula(cell, true) ? cell.substring(1) : cell;
  }

  /** Whether it is apostrophes, at least one if {@code quoted}, before what would be run. */
  private static boolean isFormula(String text, boolean quoted) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == '\'') {
      at++;
    }
    boolean begins = at < text.length() && STARTS.indexOf(text.charAt(at)) >= 0;
    return begins && (at > 0 || (!quoted && !isNumber(text)));
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * One line of CSV with its line feed, for a stream: text, numbers, booleans, optionals; null is
   * an empty cell.
   */
  public static String line(@Nullable Object... cells) {
    List<String> texts = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      texts.add(Csv.cell(cell));
    }
    StringBuilder line = new StringBuilder();
    try {
      Csv.print(line, texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
    return line.toString();
  }

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
      Checks.refuse(header.isEmpty(), "a table needs at least one column");
      Checks.refuse(
          new HashSet<>(header).size() != header.size(), "a column occurs twice in %s", header);
    }
  }

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
          column
              + " is "
              + (text.isEmpty() ? "empty" : "\"" + text + "\"")
              + ", expected "
              + wanted);
    }
  }
}
