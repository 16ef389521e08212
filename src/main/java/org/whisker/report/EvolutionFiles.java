package org.whisker.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.ImageFiles;

/** The files of evolution: generations and best image of a run, and the summary over runs. */
public final class EvolutionFiles {
  private static final List<String> GENERATIONS =
      List.of(
          "generation",
          "best_fitness",
          "mean_fitness",
          "worst_fitness",
          "p_cat",
          "logit",
          "black_pixels",
          "edge_index",
          "diversity",
          "evaluations",
          "cache_hits");

  private EvolutionFiles() {}

  /** Begins a {@code generations.csv}, to be filled by {@link #row}. */
  public static CsvWriter generations(Path file) throws IOException {
    return CsvWriter.create(file, GENERATIONS);
  }

  /** Goes on with one after so many bytes, see {@link CsvWriter#resumeAt}. */
  public static CsvWriter generationsAt(Path file, long bytes) throws IOException {
    return CsvWriter.resumeAt(file, GENERATIONS, bytes);
  }

  /** Appends a generation; its best individual's numbers, and those of the whole run so far. */
  public static void row(CsvWriter csv, GenerationStats g) throws IOException {
    csv.row(
        g.generation(),
        g.bestFitness(),
        g.meanFitness(),
        g.worstFitness(),
        g.bestCatProbability(),
        g.bestLogit(),
        g.bestPixels(),
        g.edgeIndex(),
        g.diversity(),
        g.evaluations(),
        g.cacheHits());
  }

  /** Writes a run's {@code best.png} (at the canvas's own size) and {@code best.csv} (x, y). */
  public static void best(Path folder, BlackPixels best) throws IOException {
    picture(folder, best);
    try (CsvWriter csv = CsvWriter.create(folder.resolve("best.csv"), List.of("x", "y"))) {
      for (int pixel : best.indices()) {
        csv.row(best.canvas().x(pixel), best.canvas().y(pixel));
      }
      csv.finish();
    }
  }

  /**
   * As {@link #best(Path, BlackPixels)}, with a third column, {@code delta_logit}.
   *
   * @param deltas for each pixel the logit without it minus the logit with it
   */
  public static void best(Path folder, BlackPixels best, float[] deltas) throws IOException {
    if (deltas.length != best.count()) {
      throw new IllegalArgumentException(deltas.length + " changes for " + best.count());
    }
    picture(folder, best);
    List<String> header = List.of("x", "y", "delta_logit");
    try (CsvWriter csv = CsvWriter.create(folder.resolve("best.csv"), header)) {
      for (int i = 0; i < deltas.length; i++) {
        csv.row(best.canvas().x(best.get(i)), best.canvas().y(best.get(i)), deltas[i]);
      }
      csv.finish();
    }
  }

  private static void picture(Path folder, BlackPixels best) throws IOException {
    Files.createDirectories(folder);
    ImageFiles.writePng(folder.resolve("best.png"), best);
  }

  /** Writes a row a run; runs are counted from 1. */
  public static void summary(Path file, List<RunResult> runs) throws IOException {
    List<RunSummary> rows = new ArrayList<>();
    for (RunResult run : runs) {
      rows.add(RunSummary.of(rows.size() + 1, run));
    }
    RunSummary.write(file, rows);
  }
}
