package org.whisker.feature.evolve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.TraceEvent;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.GenerationRow;
import org.whisker.evolution.result.TraceRow;
import org.whisker.image.BlackPixels;
import org.whisker.io.CsvWriter;
import org.whisker.io.Written;
import org.whisker.table.Table;
import org.whisker.table.TableWriter;

/** The tables of a run that grow with every generation: two, and one more where it is traced. */
final class RunTables implements Closeable {
  private final TableWriter<GenerationRow> generations;
  private final TableWriter<BestHistory.Change> history;
  private final @Nullable TableWriter<TraceRow> trace;

  private RunTables(
      TableWriter<GenerationRow> generations,
      TableWriter<BestHistory.Change> history,
      @Nullable TableWriter<TraceRow> trace) {
    this.generations = generations;
    this.history = history;
    this.trace = trace;
  }

  private static List<String> names(boolean traced) {
    return traced
        ? List.of(GenerationRow.FILE, BestHistory.FILE, TraceRow.FILE)
        : List.of(GenerationRow.FILE, BestHistory.FILE);
  }

  /** New ones; what an earlier try left is overwritten. */
  static RunTables begin(Path folder, boolean traced) throws IOException {
    for (String name : names(true)) {
      CsvWriter.delete(folder.resolve(name));
    }
    return new RunTables(
        GenerationRow.TABLE.writer(folder.resolve(GenerationRow.FILE)),
        BestHistory.TABLE.writer(folder.resolve(BestHistory.FILE)),
        traced ? TraceRow.TABLE.writer(folder.resolve(TraceRow.FILE)) : null);
  }

  /** Goes on with those that are there; rows after the checkpoint are dropped. */
  static RunTables resume(Path folder, boolean traced, Map<String, Written> written)
      throws IOException {
    return new RunTables(
        resume(GenerationRow.TABLE, folder, GenerationRow.FILE, written),
        resume(BestHistory.TABLE, folder, BestHistory.FILE, written),
        traced ? resume(TraceRow.TABLE, folder, TraceRow.FILE, written) : null);
  }

  private static <R extends Record> TableWriter<R> resume(
      Table<R> table, Path folder, String name, Map<String, Written> written) throws IOException {
    return TableWriter.resumeAt(table, folder.resolve(name), kept(written, name));
  }

  /**
   * Looks whether all that a checkpoint counts on is there, as it was written.
   *
   * @throws IOException when it is not
   */
  static void check(Path folder, boolean traced, Map<String, Written> written) throws IOException {
    for (String name : names(traced)) {
      CsvWriter.check(folder.resolve(name), kept(written, name));
    }
  }

  private static Written kept(Map<String, Written> written, String name) throws IOException {
    Written kept = written.get(name);
    if (kept == null) {
      throw new IOException("it does not say how long " + name + " was");
    }
    return kept;
  }

  /** Appends a generation, for others to read at once. */
  void generation(GenerationStats stats) throws IOException {
    generations.row(GenerationRow.of(stats));
    generations.flush();
  }

  /** Appends how the best image changed. */
  void change(int generation, BlackPixels before, BlackPixels best) throws IOException {
    BestHistory.append(history, generation, before, best);
    history.flush();
  }

  /** Appends where individuals come from, of a run that is traced. */
  void trace(List<TraceEvent> events) throws IOException {
    if (trace != null) {
      for (TraceEvent event : events) {
        trace.row(TraceRow.of(event));
      }
      trace.flush();
    }
  }

  /** Forces all to the disk; how much they then hold, by their names. */
  Map<String, Written> sync() throws IOException {
    Map<String, Written> written = new LinkedHashMap<>();
    written.put(GenerationRow.FILE, generations.sync());
    written.put(BestHistory.FILE, history.sync());
    if (trace != null) {
      written.put(TraceRow.FILE, trace.sync());
    }
    return written;
  }

  /** Gives them their names. */
  void finish() throws IOException {
    for (TableWriter<?> table : all()) {
      table.finish();
    }
  }

  private List<TableWriter<?>> all() {
    List<TableWriter<?>> all = new ArrayList<>(List.of(generations, history));
    if (trace != null) {
      all.add(trace);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    for (TableWriter<?> table : all()) {
      table.close();
    }
  }
}
