package org.whisker.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.whisker.io.Csv;
import org.whisker.io.CsvWriter;
import org.whisker.table.Table;
import org.whisker.table.TableWriter;

/**
 * Fills a table row by row, each safe on the disk before the next is computed.
 *
 * @param file of the table
 * @param resumed whether to keep the rows that an earlier process left
 * @param <R> a row
 */
public record TableRecorder<R extends Record>(Table<R> table, Path file, boolean resumed) {
  /**
   * Computes rows.
   *
   * @param <R> a row
   */
  @FunctionalInterface
  public interface Work<R> {
    /**
     * The row of that number, from 0.
     *
     * @return empty when it was stopped before the row was complete
     */
    Optional<R> row(int number) throws IOException;
  }

  /**
   * Computes the rows that are missing.
   *
   * @param rows how many the whole table has
   * @param stopped asked before each row
   * @param progress told before and after each row how many there are
   * @return whether all rows are there; the table then has its name
   */
  public boolean fill(int rows, Work<R> work, BooleanSupplier stopped, LongConsumer progress)
      throws IOException {
    int known = known();
    try (TableWriter<R> writer =
        known == 0 ? table.writer(file) : TableWriter.resume(table, file, Math.min(known, rows))) {
      for (int number = known; number < rows; number++) {
        progress.accept(number);
        Optional<R> row = stopped.getAsBoolean() ? Optional.empty() : work.row(number);
        if (row.isEmpty()) {
          return false;
        }
        writer.row(row.get());
        writer.sync();
        progress.accept(number + 1);
      }
      writer.finish();
      return true;
    }
  }

  private int known() throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    return resumed && CsvWriter.length(file) > 0
        ? Csv.rows(Files.exists(partial) ? partial : file).size()
        : 0;
  }
}
