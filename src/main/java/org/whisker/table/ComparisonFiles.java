package org.whisker.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.whisker.chart.AblationFiles;
import org.whisker.chart.ComparisonFigures;
import org.whisker.explain.Compared;
import org.whisker.explain.Comparison;
import org.whisker.explain.Comparison.Difference;
import org.whisker.explain.Comparison.Measured;
import org.whisker.explain.Comparison.ProfilePoint;
import org.whisker.explain.Comparison.Transferred;
import org.whisker.io.CsvWriter;

/** A comparison of models as CSV and charts. */
public final class ComparisonFiles {
  private static final List<String> MEASURES =
      List.of("measure", "unit", "model", "value", "ci_low", "ci_high", "runs");
  private static final List<String> DIFFERENCES =
      List.of(
          "measure",
          "model_a",
          "model_b",
          "difference",
          "ci_low",
          "ci_high",
          "p_value",
          "p_holm",
          "pairs");
  private static final List<String> TRANSFER =
      List.of("from", "to", "images", "still_cats", "share", "ci_low", "ci_high", "random_share");
  private static final List<String> PROFILES =
      List.of("profile", "model", "u_from", "u_to", "value", "ci_low", "ci_high");

  private ComparisonFiles() {}

  /**
   * Writes {@code measures}, {@code differences}, {@code transfer} and {@code profiles.csv}, and
   * {@code runs} and {@code profiles} as PNG and SVG.
   *
   * @param random a stream for each name, for the charts' intervals
   */
  public static void write(
      Path folder,
      Comparison comparison,
      List<Compared> models,
      Function<String, RandomGenerator> random)
      throws IOException {
    Files.createDirectories(folder);
    measures(folder.resolve("measures.csv"), comparison.measures());
    differences(folder.resolve("differences.csv"), comparison.differences());
    transfers(folder.resolve("transfer.csv"), comparison.transfers());
    profiles(folder.resolve("profiles.csv"), comparison.profiles());
    AblationFiles.draw(folder, "runs", ComparisonFigures.runs(models, random));
    AblationFiles.draw(folder, "profiles", ComparisonFigures.profiles(comparison));
  }

  private static void measures(Path file, List<Measured> rows) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, MEASURES)) {
      for (Measured m : rows) {
        csv.row(
            m.quantity(),
            m.unit(),
            m.model(),
            m.value(),
            m.low(),
            m.high(),
            m.count() == 0 ? null : m.count());
      }
      csv.finish();
    }
  }

  private static void differences(Path file, List<Difference> rows) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, DIFFERENCES)) {
      for (Difference d : rows) {
        csv.row(
            d.quantity(),
            d.modelA(),
            d.modelB(),
            d.value(),
            d.low(),
            d.high(),
            d.p(),
            d.pHolm(),
            d.pairs() == 0 ? null : d.pairs());
      }
      csv.finish();
    }
  }

  private static void transfers(Path file, List<Transferred> rows) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, TRANSFER)) {
      for (Transferred t : rows) {
        csv.row(
            t.from(), t.to(), t.images(), t.cats(), t.share(), t.low(), t.high(), t.randomShare());
      }
      csv.finish();
    }
  }

  private static void profiles(Path file, List<ProfilePoint> rows) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, PROFILES)) {
      for (ProfilePoint p : rows) {
        csv.row(p.profile(), p.model(), p.from(), p.to(), p.value(), p.low(), p.high());
      }
      csv.finish();
    }
  }
}
