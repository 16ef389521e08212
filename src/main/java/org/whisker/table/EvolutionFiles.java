package org.whisker.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.io.CsvWriter;

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

  /** As {@link #best(Path, BlackPixels, Tones)}, black on white. */
  public static void best(Path folder, BlackPixels best) throws IOException {
    best(folder, best, Tones.standard());
  }

  /**
   * Writes a run's {@code best.png} (in these tones, at the canvas's own size) and {@code best.csv}
   * (x, y).
   */
  public static void best(Path folder, BlackPixels best, Tones tones) throws IOException {
    picture(folder, "best", best, tones);
    try (CsvWriter csv = CsvWriter.create(folder.resolve("best.csv"), List.of("x", "y"))) {
      for (int pixel : best.indices()) {
        csv.row(best.canvas().x(pixel), best.canvas().y(pixel));
      }
      csv.finish();
    }
  }

  /**
   * Writes an image of a run as a picture and a table: {@code NAME.png} (in these tones, at the
   * canvas's own size) and {@code NAME.csv} (x, y, delta_logit).
   *
   * @param name such as {@code best} or {@code minimal}
   * @param deltas for each pixel the logit without it minus the logit with it
   */
  public static void image(Path folder, String name, BlackPixels image, float[] deltas, Tones tones)
      throws IOException {
    if (deltas.length != image.count()) {
      throw new IllegalArgumentException(deltas.length + " changes for " + image.count());
    }
    picture(folder, name, image, tones);
    List<String> header = List.of("x", "y", "delta_logit");
    try (CsvWriter csv = CsvWriter.create(folder.resolve(name + ".csv"), header)) {
      for (int i = 0; i < deltas.length; i++) {
        csv.row(image.canvas().x(image.get(i)), image.canvas().y(image.get(i)), deltas[i]);
      }
      csv.finish();
    }
  }

  private static void picture(Path folder, String name, BlackPixels image, Tones tones)
      throws IOException {
    Files.createDirectories(folder);
    ImageFiles.writePng(folder.resolve(name + ".png"), tones.painted(image));
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
