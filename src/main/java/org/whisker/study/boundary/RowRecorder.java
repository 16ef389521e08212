package org.whisker.study.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.whisker.io.Csv;
import org.whisker.io.CsvWriter;

/**
 * Fills a table row by row, each safe on the disk before the next is worked out; what an earlier
 * process left is kept.
 *
 * @param target the table to write
 * @param resumed whether to keep the rows that are there
 */
public record RowRecorder(Path target, List<String> header, boolean resumed) {
  /** Works out a row. */
  @FunctionalInterface
  public interface Work {
    /**
     * Appends the row of that number, from 0, and syncs.
     *
     * @return false when it was stopped before the row was there
     */
    boolean append(CsvWriter csv, int row) throws IOException;
  }

  /**
   * Works out what has no row yet.
   *
   * @param stopped asked before each row
   * @param progress told before and after each how many there are
   * @return whether all rows are there; the table then has its name
   */
  public boolean fill(int rows, Work work, BooleanSupplier stopped, LongConsumer progress)
      throws IOException {
    int known = known();
    try (CsvWriter csv =
        known == 0
            ? CsvWriter.create(target, header)
            : CsvWriter.resume(target, header, Math.min(known, rows))) {
      for (int row = known; row < rows; row++) {
        progress.accept(row);
        if (stopped.getAsBoolean() || !work.append(csv, row)) {
          return false;
        }
        progress.accept(row + 1);
      }
      csv.finish();
      return true;
    }
  }

  private int known() throws IOException {
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    return resumed && CsvWriter.length(target) > 0
        ? Csv.rows(Files.exists(partial) ? partial : target).size()
        : 0;
  }
}
