package org.whisker.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.whisker.io.CsvWriter;
import org.whisker.io.Written;
import org.whisker.io.WrittenLog;
import org.whisker.table.Table;
import org.whisker.table.TableWriter;

/**
 * Fills a table row by row, each safe on the disk before the next is computed. Rows that an earlier
 * process left are kept as far as they are as it wrote them ({@link WrittenLog}).
 *
 * @param file of the table
 * @param resumed whether to keep the rows that an earlier process left
 * @param notes is told in one line of rows that are computed again because they were changed
 * @param <R> a row
 */
public record TableRecorder<R extends Record>(
    Table<R> table, Path file, boolean resumed, Consumer<String> notes) {
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
    List<Written> known = resumed ? known() : List.of();
    int first = Math.min(known.size(), rows);
    try (TableWriter<R> writer = writer(known.subList(0, first));
        WrittenLog log = WrittenLog.open(file, known.subList(0, first))) {
      for (int number = first; number < rows; number++) {
        progress.accept(number);
        Optional<R> row = stopped.getAsBoolean() ? Optional.empty() : work.row(number);
        if (row.isEmpty()) {
          return false;
        }
        writer.row(row.get());
        log.add(writer.sync());
        progress.accept(number + 1);
      }
      writer.finish();
    }
    WrittenLog.delete(file);
    return true;
  }

  private TableWriter<R> writer(List<Written> known) throws IOException {
    return known.isEmpty()
        ? table.writer(file)
        : TableWriter.resumeAt(table, file, known.get(known.size() - 1));
  }

  private List<Written> known() throws IOException {
    if (CsvWriter.length(file) == 0) {
      return List.of();
    }
    if (!WrittenLog.exists(file)) {
      return logged(table.read(CsvWriter.there(file)));
    }
    List<Written> logged = WrittenLog.read(file);
    List<Written> intact = WrittenLog.intact(file, logged);
    if (intact.size() < logged.size()) {
      notes.accept(
          "%s is not as it was written after row %d; going on from there"
              .formatted(CsvWriter.there(file), intact.size()));
    }
    return intact;
  }

  /** Writes the rows of a whole table again, which has no log. */
  private List<Written> logged(List<R> rows) throws IOException {
    List<Written> known = new ArrayList<>();
    try (TableWriter<R> writer = table.writer(file)) {
      for (R row : rows) {
        writer.row(row);
        known.add(writer.sync());
      }
    }
    return known;
  }
}
