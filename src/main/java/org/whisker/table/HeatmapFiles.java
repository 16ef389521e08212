package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.PositionFigures;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapRow;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.lane.Arm;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.image.Canvas;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;
import org.whisker.position.BiasDecision;
import org.whisker.position.ConditionMaps;
import org.whisker.position.EdgeBias;
import org.whisker.position.EdgeComparison;
import org.whisker.position.LogRatio;
import org.whisker.position.NullBand;
import org.whisker.position.PixelMap;
import org.whisker.position.Placement;

/** What is said of all conditions together: the summary, and how they compare. */
public final class HeatmapFiles {
  private static final int MAPS_A_ROW = 4;
  private static final List<String> SUMMARY =
      List.of(
          "condition",
          "edge_index",
          "ci_low",
          "ci_high",
          "p_value",
          "runs",
          "white_runs",
          "p_holm",
          "p_equivalence",
          "verdict",
          "runs_needed",
          "p_clustering",
          "shifts",
          "mean_black_pixels",
          "canvas",
          "bandwidth_px",
          "share_outside_null",
          "p_map",
          "null_draws");
  private static final List<String> COMPARE =
      List.of(
          "a",
          "b",
          "delta_edge_index",
          "ci_low",
          "ci_high",
          "p_value",
          "p_holm",
          "a12",
          "p_equivalence",
          "verdict",
          "runs_needed_each");

  private HeatmapFiles() {}

  /**
   * Writes a row a condition; cells that need a black pixel are empty where all runs are white.
   *
   * @param decisions one a condition
   */
  public static void summary(
      Path file, List<ConditionMaps> conditions, List<Optional<BiasDecision>> decisions)
      throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, SUMMARY)) {
      for (int i = 0; i < conditions.size(); i++) {
        Optional<BiasDecision> decision = decisions.get(i);
        csv.row(
            decision.isPresent()
                ? cells(conditions.get(i), decision.get())
                : whiteCells(conditions.get(i)));
      }
      csv.finish();
    }
  }

  private static @Nullable Object[] cells(ConditionMaps condition, BiasDecision decision) {
    Placement p = condition.placement().orElseThrow();
    EdgeBias bias = p.bias();
    LogRatio ratio = p.logRatio();
    @Nullable NullBand band = ratio.band().orElse(null);
    int pixels = condition.canvas().pixels();
    return new @Nullable Object[] {
      condition.label(),
      bias.edgeIndex(),
      bias.ciLow(),
      bias.ciHigh(),
      bias.pValue(),
      bias.runs(),
      bias.whiteRuns(),
      decision.pHolm(),
      p.pEquivalence(),
      decision.inWords(bias),
      decision.runsNeeded(),
      p.clustering().p(),
      p.clustering().shifts(),
      condition.heatmap().meanPixels(),
      condition.canvas(),
      condition.heatmap().bandwidth(),
      band == null ? null : (double) ratio.outside() / pixels,
      band == null ? null : band.pMap(),
      band == null ? null : band.draws()
    };
  }

  private static @Nullable Object[] whiteCells(ConditionMaps condition) {
    @Nullable Object[] cells = new @Nullable Object[SUMMARY.size()];
    cells[SUMMARY.indexOf("condition")] = condition.label();
    cells[SUMMARY.indexOf("runs")] = 0;
    cells[SUMMARY.indexOf("white_runs")] = condition.heatmap().whiteRuns();
    cells[SUMMARY.indexOf("mean_black_pixels")] = 0;
    cells[SUMMARY.indexOf("canvas")] = condition.canvas();
    cells[SUMMARY.indexOf("bandwidth_px")] = condition.heatmap().bandwidth();
    return cells;
  }

  /** Writes {@code compare.csv}, a row a pair. */
  public static void compare(Path file, List<EdgeComparison> pairs) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, COMPARE)) {
      for (EdgeComparison pair : pairs) {
        csv.row(
            pair.a(),
            pair.b(),
            pair.delta(),
            pair.ciLow(),
            pair.ciHigh(),
            pair.p(),
            pair.pHolm(),
            pair.a12(),
            pair.pEquivalence(),
            pair.inWords(),
            pair.runsNeeded());
      }
      csv.finish();
    }
  }

  /** Draws every run's edge index, condition by condition, where there is one. */
  public static void edgeIndices(Path file, List<ConditionMaps> conditions) throws IOException {
    List<Arm> arms = new ArrayList<>();
    for (ConditionMaps condition : conditions) {
      condition
          .placement()
          .ifPresent(
              p ->
                  arms.add(
                      PositionFigures.arm(
                          String.format(Locale.ROOT, "%s (%d)", condition.label(), p.bias().runs()),
                          p.edgeIndices(),
                          p.bias().edgeIndex(),
                          p.bias().ciLow(),
                          p.bias().ciHigh())));
    }
    if (!arms.isEmpty()) {
      new StripPlot(
              "Edge index of every run (number of runs)",
              "edge index E (below ½: nearer the edge)",
              arms,
              0.5,
              "chance",
              "95 % interval")
          .writePng(file);
    }
  }

  /** Draws the smoothed densities of all conditions on one scale, canvas by canvas. */
  public static void densities(Path file, List<ConditionMaps> conditions) throws IOException {
    List<ConditionMaps> shown =
        conditions.stream().filter(c -> c.heatmap().density().isPresent()).toList();
    if (shown.isEmpty()) {
      return;
    }
    double top =
        shown.stream().mapToDouble(c -> PositionFigures.top(density(c))).max().orElseThrow();
    Scale scale = new Scale(0, top, PositionFigures.TIMES_CHANCE);
    Map<Canvas, List<HeatmapFigure>> byCanvas = new LinkedHashMap<>();
    for (ConditionMaps c : shown) {
      String sigma = Decimals.rounded(c.heatmap().bandwidth(), 3).replaceFirst("\\.0+$", "");
      HeatmapFigure figure =
          new PositionFigures(c).sequential("σ = " + sigma + " px", density(c), scale);
      byCanvas.computeIfAbsent(c.canvas(), k -> new ArrayList<>()).add(figure);
    }
    List<Drawing> rows = new ArrayList<>();
    for (List<HeatmapFigure> figures : byCanvas.values()) {
      for (int from = 0; from < figures.size(); from += MAPS_A_ROW) {
        int to = Math.min(figures.size(), from + MAPS_A_ROW);
        rows.add(new HeatmapRow(figures.subList(from, to)));
      }
    }
    new Row(rows, 0, true).writePng(file);
  }

  private static PixelMap density(ConditionMaps condition) {
    return condition.heatmap().density().orElseThrow();
  }
}
