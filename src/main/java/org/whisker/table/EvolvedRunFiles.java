package org.whisker.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.explain.ModelFacts;
import org.whisker.io.CsvWriter;
import org.whisker.table.evolve.EvolvedImageFiles;

/** The classifiers of a report, and what evolved against each. */
public final class EvolvedRunFiles {
  private static final List<String> CLIMB = List.of("run", "seed", "evaluations", "p_cat");
  private static final List<String> MODELS =
      List.of(
          "model",
          "architecture",
          "input",
          "weights",
          "padding",
          "test_accuracy",
          "test_photos",
          "auc",
          "white_p_cat",
          "sha256");

  private EvolvedRunFiles() {}

  /**
   * Writes {@code runs/K/best.csv} and {@code best.png}, and every step up as {@code climb.csv}.
   */
  public static void write(Path folder, ArmRuns control) throws IOException {
    Files.createDirectories(folder);
    try (CsvWriter csv = CsvWriter.create(folder.resolve("climb.csv"), CLIMB)) {
      for (int i = 0; i < control.runs().size(); i++) {
        ArmRun run = control.runs().get(i);
        if (run.outcome().isPresent()) {
          Path own = folder.resolve("runs").resolve(Integer.toString(i + 1));
          EvolvedImageFiles.best(own, run.outcome().get().image());
          climb(csv, i + 1, run.seed(), run.outcome().get());
        }
      }
      csv.finish();
    }
  }

  private static void climb(CsvWriter csv, int run, long seed, ArmRun.Outcome outcome)
      throws IOException {
    double last = Double.NaN;
    for (ArmRun.Step step : outcome.climb()) {
      last = step.catProbability();
      csv.row(run, seed, step.evaluations(), last);
    }
    if (!outcome.climb().isEmpty()) {
      csv.row(run, seed, outcome.evaluations(), last);
    }
  }

  /** Writes {@code models.csv}; an empty cell is not known. */
  public static void models(Path file, List<ModelFacts> models) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, MODELS)) {
      for (ModelFacts facts : models) {
        var m = facts.summary();
        csv.row(
            m.name(),
            m.architecture(),
            m.input(),
            m.weights(),
            m.padding(),
            m.testAccuracy(),
            m.testAccuracy().isPresent() ? m.testPhotos() : "",
            facts.rocAuc(),
            facts.whiteCatProbability(),
            m.sha256());
      }
      csv.finish();
    }
  }
}
