package org.whisker.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.whisker.io.CsvWriter;
import org.whisker.io.Written;

/**
 * Writes a {@link Table} row by row, see {@link CsvWriter}: under a partial name until {@link
 * #finish}.
 *
 * @param <R> a row
 */
public final class TableWriter<R extends Record> implements Closeable {
  private final Table<R> table;
  private final CsvWriter csv;

  private TableWriter(Table<R> table, CsvWriter csv) {
    this.table = table;
    this.csv = csv;
  }

  static <R extends Record> TableWriter<R> create(Table<R> table, Path file) throws IOException {
    return new TableWriter<>(table, CsvWriter.create(file, table.header()));
  }

  /** Continues after the first {@code rows} rows, see {@link CsvWriter#resume}. */
  public static <R extends Record> TableWriter<R> resume(Table<R> table, Path file, int rows)
      throws IOException {
    return new TableWriter<>(table, CsvWriter.resume(file, table.header(), rows));
  }

  /** Continues after what was written before, see {@link CsvWriter#resumeAt}. */
  public static <R extends Record> TableWriter<R> resumeAt(Table<R> table, Path file, Written kept)
      throws IOException {
    return new TableWriter<>(table, CsvWriter.resumeAt(file, table.header(), kept));
  }

  /** Appends a row. */
  public void row(R row) throws IOException {
    csv.row(table.cells(row));
  }

  /**
   * Passes the rows written so far to the operating system, where they survive the end of this
   * process.
   */
  public void flush() throws IOException {
    csv.flush();
  }

  /** Forces the rows written so far to the disk, and returns how much that is. */
  public Written sync() throws IOException {
    return csv.sync();
  }

  /** Forces the rows to the disk and gives the file its name. */
  public void finish() throws IOException {
    csv.finish();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
