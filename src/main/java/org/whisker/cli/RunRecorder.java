package org.whisker.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.whisker.evolution.EvolutionRun;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunCheckpoint;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.report.BestGif;
import org.whisker.report.BestHistory;
import org.whisker.report.CheckpointFiles;
import org.whisker.report.CsvWriter;
import org.whisker.report.EvolutionFiles;
import org.whisker.report.Filmstrip;

/**
 * The files of one run: two that grow with every generation, checkpoints that say how far they
 * count, and what is drawn at the end.
 */
final class RunRecorder implements Closeable {
  private static final String GENERATIONS = "generations.csv";
  private static final String HISTORY = "best-history.csv";

  private final Path folder;
  private final CheckpointFiles checkpoints;
  private final CsvWriter generations;
  private final CsvWriter history;
  private BlackPixels before;

  private RunRecorder(Path folder, CsvWriter generations, CsvWriter history, BlackPixels before) {
    this.folder = folder;
    this.checkpoints = new CheckpointFiles(folder);
    this.generations = generations;
    this.history = history;
    this.before = before;
  }

  /** Records a run from its founders on; what an earlier try left is overwritten. */
  static RunRecorder begin(Path folder, Canvas canvas) throws IOException {
    new CheckpointFiles(folder).delete();
    CsvWriter.delete(folder.resolve(GENERATIONS));
    CsvWriter.delete(folder.resolve(HISTORY));
    return new RunRecorder(
        folder,
        EvolutionFiles.generations(folder.resolve(GENERATIONS)),
        CsvWriter.create(folder.resolve(HISTORY), BestHistory.HEADER),
        BlackPixels.none(canvas));
  }

  /** Goes on with a run; rows after the checkpoint are dropped, they will come again. */
  static RunRecorder resume(Path folder, SavedRun saved) throws IOException {
    return new RunRecorder(
        folder,
        EvolutionFiles.generationsAt(
            folder.resolve(GENERATIONS), length(saved.lengths(), GENERATIONS)),
        CsvWriter.resumeAt(
            folder.resolve(HISTORY), BestHistory.HEADER, length(saved.lengths(), HISTORY)),
        saved.search().state().population().best().genome());
  }

  /**
   * The newest checkpoint that can be gone on from; empty when there is none.
   *
   * @param notes is told in one line of a damaged one
   */
  static Optional<SavedRun> saved(
      Path folder, Canvas canvas, int cacheCapacity, long seed, Consumer<String> notes) {
    return new CheckpointFiles(folder)
        .read(
            (in, most) -> {
              SavedRun saved = SavedRun.read(in, most, canvas, cacheCapacity);
              check(folder, saved, seed);
              return saved;
            },
            notes);
  }

  private static void check(Path folder, SavedRun saved, long seed) throws IOException {
    long found = saved.search().state().seed();
    if (found != seed) {
      throw new IOException("it is of seed " + found + ", not " + seed);
    }
    for (String name : new String[] {GENERATIONS, HISTORY}) {
      long wanted = length(saved.lengths(), name);
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
  void record(GenerationStats stats, BlackPixels best) throws IOException {
    EvolutionFiles.row(generations, stats);
    generations.flush();
    if (!best.equals(before)) {
      BestHistory.append(history, stats.generation(), before, best);
      history.flush();
      before = best;
    }
  }

  /** Keeps the run as it stands, its present generation recorded. */
  void checkpoint(EvolutionRun run, long nanos) throws IOException {
    Map<String, Long> lengths = Map.of(GENERATIONS, generations.sync(), HISTORY, history.sync());
    SavedRun saved = new SavedRun(RunCheckpoint.of(run), lengths, nanos);
    checkpoints.write(saved::writeTo);
  }

  /** Writes the best image so far, of a run that will be gone on with. */
  void pause(RunResult result) throws IOException {
    EvolutionFiles.best(folder, result.best().genome());
  }

  /**
   * Gives the files their names and draws the images.
   *
   * @param deltas see {@link EvolutionFiles#best(Path, BlackPixels, float[])}
   */
  void finish(RunResult result, float[] deltas) throws IOException {
    generations.finish();
    history.finish();
    BlackPixels best = result.best().genome();
    EvolutionFiles.best(folder, best, deltas);
    Path rows = folder.resolve(GENERATIONS);
    Path images = folder.resolve(HISTORY);
    Filmstrip.of(rows, images, best.canvas(), result.generations())
        .writePng(folder.resolve("filmstrip.png"));
    BestGif.write(folder.resolve("best.gif"), rows, images, best.canvas(), result.generations());
  }

  /** Removes the checkpoints of a run that is finished. */
  static void forget(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      new CheckpointFiles(folder).delete();
    }
  }

  @Override
  public void close() throws IOException {
    generations.close();
    history.close();
  }
}
