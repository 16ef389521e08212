package org.whisker.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
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
  private static final List<String> SUMMARY =
      List.of(
          "run",
          "seed",
          "ending",
          "p_cat",
          "logit",
          "black_pixels",
          "edge_index",
          "generations",
          "evaluations",
          "cache_hits");

  private EvolutionFiles() {}

  /** Begins a {@code generations.csv}, to be filled by {@link #row}. */
  public static CsvWriter generations(Path file) throws IOException {
    return CsvWriter.create(file, GENERATIONS);
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
    Files.createDirectories(folder);
    ImageFiles.writePng(folder.resolve("best.png"), best);
    Csv.write(folder.resolve("best.csv"), pixels(best));
  }

  private static CsvTable pixels(BlackPixels image) {
    Canvas canvas = image.canvas();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < image.count(); i++) {
      int pixel = image.get(i);
      rows.add(List.of(Integer.toString(canvas.x(pixel)), Integer.toString(canvas.y(pixel))));
    }
    return new CsvTable(List.of("x", "y"), rows);
  }

  /** Writes a row a run; runs are counted from 1. */
  public static void summary(Path file, List<RunResult> runs) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, SUMMARY)) {
      for (int i = 0; i < runs.size(); i++) {
        RunResult run = runs.get(i);
        csv.row(
            i + 1,
            run.seed(),
            run.ending().name().toLowerCase(java.util.Locale.ROOT),
            run.catProbability(),
            run.best().logit(),
            run.blackPixels(),
            run.edgeIndex(),
            run.generations(),
            run.evaluations(),
            run.cacheHits());
      }
      csv.finish();
    }
  }
}
