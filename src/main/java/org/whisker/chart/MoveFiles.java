package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.MoveCurve;
import org.whisker.ablation.MovedPatterns;
import org.whisker.ablation.Observed;
import org.whisker.ablation.PatternMove;
import org.whisker.ablation.StrideComb;
import org.whisker.io.CsvWriter;
import org.whisker.stats.Estimate;

/** Moved patterns as CSV and as a chart. */
final class MoveFiles {
  private MoveFiles() {}

  /**
   * Writes {@code moves.csv} (a row an image and move), {@code move-curves.csv} (a row a step),
   * {@code stride-comb.csv}, and {@code moves} as PNG and SVG.
   *
   * @param title what the chart is of
   */
  static void write(Path folder, String title, Observed.Moves moves) throws IOException {
    images(folder.resolve("moves.csv"), moves.patterns());
    curves(folder.resolve("move-curves.csv"), moves.curves());
    combs(folder.resolve("stride-comb.csv"), moves.combs());
    AblationFiles.draw(folder, "moves", MoveFigures.of(title, moves));
  }

  private static void images(Path file, MovedPatterns patterns) throws IOException {
    List<String> header =
        List.of(
            "image",
            "move",
            "step",
            "direction",
            "pixels",
            "edge_index",
            "logit",
            "delta_logit",
            "share_lost");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (int i = 0; i < patterns.images(); i++) {
        for (int m = 0; m < patterns.moves().size(); m++) {
          PatternMove move = patterns.moves().get(m);
          MovedPatterns.Moved moved = patterns.moved().get(i).get(m);
          double delta = patterns.delta(i, m);
          double gain = patterns.gain(i);
          csv.row(
              i + 1,
              move.kind(),
              move.step(),
              move.direction(),
              moved.pixels(),
              moved.edgeIndex(),
              moved.logit(),
              delta,
              gain > 0 ? OptionalDouble.of(delta / gain) : OptionalDouble.empty());
        }
      }
      csv.finish();
    }
  }

  private static void curves(Path file, List<MoveCurve> curves) throws IOException {
    List<String> header =
        List.of("move", "step", "delta_logit", "ci_low", "ci_high", "share_lost", "pixels");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (MoveCurve curve : curves) {
        for (MoveCurve.Point point : curve.points()) {
          Estimate estimate = point.delta().estimate();
          List<Object> cells = new ArrayList<>();
          cells.addAll(List.of(curve.kind(), point.step(), point.delta().mean()));
          cells.add(low(estimate));
          cells.add(high(estimate));
          cells.addAll(List.of(point.lost(), point.pixels()));
          csv.row(cells.toArray());
        }
      }
      csv.finish();
    }
  }

  private static void combs(Path file, List<StrideComb> combs) throws IOException {
    List<String> header =
        List.of("modulus", "multiples", "difference", "ci_low", "ci_high", "p_value", "p_holm");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (StrideComb comb : combs) {
        Estimate difference = comb.difference();
        csv.row(
            comb.modulus(),
            comb.multiples(),
            difference == null ? null : difference.value(),
            low(difference),
            high(difference),
            difference == null ? null : comb.p(),
            difference == null ? null : comb.pHolm());
      }
      csv.finish();
    }
  }

  private static OptionalDouble low(@Nullable Estimate estimate) {
    return estimate == null ? OptionalDouble.empty() : OptionalDouble.of(estimate.interval().low());
  }

  private static OptionalDouble high(@Nullable Estimate estimate) {
    return estimate == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(estimate.interval().high());
  }
}
