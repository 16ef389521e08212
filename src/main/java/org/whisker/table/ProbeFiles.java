package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBin;
import org.whisker.io.CsvWriter;
import org.whisker.position.BlockMap;
import org.whisker.position.BlockProbe.Fill;
import org.whisker.position.Interactions;
import org.whisker.position.PixelPair;
import org.whisker.stats.Estimate;
import org.whisker.stats.LinearAgreement;
import org.whisker.stats.TestResult;

/** What a probe measured, as CSV and NPY; x and y are those of a block's top left pixel. */
public final class ProbeFiles {
  private static final List<String> RINGS =
      List.of(
          "mode",
          "u_from",
          "u_to",
          "px_nearest",
          "px_farthest",
          "places",
          "mean_delta_logit",
          "share_helping",
          "mean_predicted");
  private static final List<String> SUMMARY =
      List.of(
          "mode",
          "block",
          "baseline_logit",
          "places",
          "share_helping",
          "mean_delta_logit",
          "rho_edge_rank",
          "p_edge_rank",
          "spearman_predicted",
          "pearson_predicted",
          "slope",
          "intercept");
  private static final List<String> PAIRS =
      List.of(
          "group",
          "x_a",
          "y_a",
          "x_b",
          "y_b",
          "distance",
          "delta_a",
          "delta_b",
          "delta_both",
          "interaction");
  private static final List<String> INTERACTIONS =
      List.of(
          "group",
          "pairs",
          "mean",
          "mean_ci_low",
          "mean_ci_high",
          "mean_p",
          "mean_absolute",
          "absolute_ci_low",
          "absolute_ci_high",
          "mean_absolute_of_one");

  private ProbeFiles() {}

  /**
   * One mode of a probe.
   *
   * @param predicted by the gradient, over the same places
   * @param byEdgeRank rank correlation of edge rank and Δlogit, where there is one
   */
  public record Mode(
      BlockMap map,
      List<Double> predicted,
      Optional<LinearAgreement> agreement,
      Optional<TestResult> byEdgeRank) {
    public Mode {
      predicted = List.copyOf(predicted);
      if (predicted.size() != map.canvas().pixels()) {
        throw new IllegalArgumentException(
            predicted.size() + " predictions for places " + map.canvas());
      }
    }

    /** As users type it: {@code add} (to black) or {@code remove} (to white). */
    public String label() {
      return map.probe().fill() == Fill.BLACK ? "add" : "remove";
    }

    /** The predictions by place. */
    public double[] prediction() {
      return predicted.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The beginning of its files' names. */
    public String stem(String name) {
      return map.probe().fill() == Fill.BLACK ? name : name + "_remove";
    }
  }

  /** Writes the maps: {@code probe} and {@code predicted}, with {@code _remove} for that mode. */
  public static void maps(Path folder, Mode mode) throws IOException {
    Canvas places = mode.map().canvas();
    Path probe = folder.resolve(mode.stem("probe"));
    MapFiles.write(probe, places, mode.map().values(), "delta_logit");
    Path predicted = folder.resolve(mode.stem("predicted"));
    MapFiles.write(predicted, places, mode.prediction(), "predicted_delta_logit");
  }

  /** Writes the gradient itself: {@code gradient.csv} and {@code .npy}, by pixel. */
  public static void gradient(Path folder, Canvas canvas, float[] gradient) throws IOException {
    MapFiles.write(
        folder.resolve("gradient"), canvas, MapFiles.doubles(gradient), "logits_per_step");
  }

  /** Writes {@code profile.csv}: from the border inwards. */
  public static void profile(Path folder, List<Mode> modes, int parts) throws IOException {
    try (CsvWriter csv = CsvWriter.create(folder.resolve("profile.csv"), RINGS)) {
      for (Mode mode : modes) {
        List<BlockMap.Ring> predicted = mode.map().rings(mode.prediction(), parts);
        List<BlockMap.Ring> measured = mode.map().rings(parts);
        for (int i = 0; i < measured.size(); i++) {
          BlockMap.Ring ring = measured.get(i);
          EdgeBin w = ring.where();
          csv.row(
              mode.label(),
              w.from(),
              w.to(),
              w.nearest(),
              w.farthest(),
              ring.places(),
              ring.mean(),
              ring.helping(),
              predicted.get(i).mean());
        }
      }
      csv.finish();
    }
  }

  /** Writes {@code summary.csv}: a row a mode. */
  public static void summary(Path folder, List<Mode> modes) throws IOException {
    try (CsvWriter csv = CsvWriter.create(folder.resolve("summary.csv"), SUMMARY)) {
      for (Mode mode : modes) {
        BlockMap map = mode.map();
        csv.row(
            mode.label(),
            map.probe().block(),
            map.baseline(),
            map.changed().length,
            map.helping(),
            map.mean(),
            mode.byEdgeRank().map(TestResult::statistic).orElse(null),
            mode.byEdgeRank().map(TestResult::p).orElse(null),
            mode.agreement().map(LinearAgreement::spearman).orElse(null),
            mode.agreement().map(LinearAgreement::pearson).orElse(null),
            mode.agreement().map(LinearAgreement::slope).orElse(null),
            mode.agreement().map(LinearAgreement::intercept).orElse(null));
      }
      csv.finish();
    }
  }

  /** Writes {@code pairs.csv} and {@code interactions.csv}. */
  public static void pairs(
      Path folder, Canvas places, List<PixelPair> pairs, Interactions interactions)
      throws IOException {
    try (CsvWriter csv = CsvWriter.create(folder.resolve("pairs.csv"), PAIRS)) {
      for (PixelPair pair : pairs) {
        int dx = places.x(pair.b()) - places.x(pair.a());
        int dy = places.y(pair.b()) - places.y(pair.a());
        csv.row(
            group(pair.group()),
            places.x(pair.a()),
            places.y(pair.a()),
            places.x(pair.b()),
            places.y(pair.b()),
            Math.hypot(dx, dy),
            pair.deltaA(),
            pair.deltaB(),
            pair.deltaBoth(),
            pair.interaction());
      }
      csv.finish();
    }
    interactions(folder.resolve("interactions.csv"), interactions);
  }

  private static void interactions(Path file, Interactions interactions) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, INTERACTIONS)) {
      for (Interactions.OfGroup of : interactions.groups()) {
        Estimate mean = of.mean();
        Estimate strength = of.strength();
        csv.row(
            group(of.group()),
            of.pairs(),
            mean.value(),
            mean.interval().low(),
            mean.interval().high(),
            of.p(),
            strength.value(),
            strength.interval().low(),
            strength.interval().high(),
            of.strengthOfOne());
      }
      Estimate difference = interactions.strengthDifference();
      csv.row(
          "edge less centre",
          interactions.groups().get(0).pairs(),
          null,
          null,
          null,
          interactions.p(),
          difference.value(),
          difference.interval().low(),
          difference.interval().high(),
          null);
      csv.finish();
    }
  }

  private static String group(PixelPair.Group group) {
    return group.name().toLowerCase(Locale.ROOT);
  }
}
