package org.whisker.study.evolve;

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
import org.whisker.image.BlackPixels;
import org.whisker.io.CsvWriter;
import org.whisker.table.BestHistory;
import org.whisker.table.EvolutionFiles;
import org.whisker.table.TraceFile;

/** The tables of a run that grow with every generation: two, and one more where it is traced. */
final class RunTables implements Closeable {
  static final String GENERATIONS = "generations.csv";
  static final String HISTORY = "best-history.csv";
  static final String TRACE = "trace.csv";

  private final CsvWriter generations;
  private final CsvWriter history;
  private final @Nullable CsvWriter trace;

  private RunTables(CsvWriter generations, CsvWriter history, @Nullable CsvWriter trace) {
    this.generations = generations;
    this.history = history;
    this.trace = trace;
  }

  private static List<String> names(boolean traced) {
    return traced ? List.of(GENERATIONS, HISTORY, TRACE) : List.of(GENERATIONS, HISTORY);
  }

  /** New ones; what an earlier try left is overwritten. */
  static RunTables begin(Path folder, boolean traced) throws IOException {
    for (String name : names(true)) {
      CsvWriter.delete(folder.resolve(name));
    }
    return new RunTables(
        EvolutionFiles.generations(folder.resolve(GENERATIONS)),
        CsvWriter.create(folder.resolve(HISTORY), BestHistory.HEADER),
        traced ? CsvWriter.create(folder.resolve(TRACE), TraceFile.HEADER) : null);
  }

  /** Goes on with those that are there; rows after the checkpoint are dropped. */
  static RunTables resume(Path folder, boolean traced, Map<String, Long> lengths)
      throws IOException {
    return new RunTables(
        EvolutionFiles.generationsAt(folder.resolve(GENERATIONS), length(lengths, GENERATIONS)),
        CsvWriter.resumeAt(folder.resolve(HISTORY), BestHistory.HEADER, length(lengths, HISTORY)),
        traced
            ? CsvWriter.resumeAt(folder.resolve(TRACE), TraceFile.HEADER, length(lengths, TRACE))
            : null);
  }

  /**
   * Looks whether all that a checkpoint counts on is there.
   *
   * @throws IOException when it is not
   */
  static void check(Path folder, boolean traced, Map<String, Long> lengths) throws IOException {
    for (String name : names(traced)) {
      long wanted = length(lengths, name);
      long there = CsvWriter.length(folder.resolve(name));
      if (wanted < 0 || there < wanted) {
        throw new IOException(name + " has " + there + " bytes left, it needs " + wanted);
      }
    }
  }

  private static long length(Map<String, Long> lengths, String name) throws IOException {
    Long length = lengths.get(name);
    if (length == null) {
      throw new IOException("it does not say how long " + name + " was");
    }
    return length;
  }

  /** Appends a generation, for others to read at once. */
  void generation(GenerationStats stats) throws IOException {
    EvolutionFiles.row(generations, stats);
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
        TraceFile.row(trace, event);
      }
      trace.flush();
    }
  }

  /** Forces all to the disk; how long they then are, by their names. */
  Map<String, Long> sync() throws IOException {
    Map<String, Long> lengths = new LinkedHashMap<>();
    lengths.put(GENERATIONS, generations.sync());
    lengths.put(HISTORY, history.sync());
    if (trace != null) {
      lengths.put(TRACE, trace.sync());
    }
    return lengths;
  }

  /** Gives them their names. */
  void finish() throws IOException {
    for (CsvWriter table : all()) {
      table.finish();
    }
  }

  private List<CsvWriter> all() {
    List<CsvWriter> all = new ArrayList<>(List.of(generations, history));
    if (trace != null) {
      all.add(trace);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    for (CsvWriter table : all()) {
      table.close();
    }
  }
}
