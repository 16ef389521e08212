package org.whisker.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Measure;
import org.whisker.chart.kit.Arm;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapRow;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.StripPlot;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.PositionHeatmap;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;
import org.whisker.stats.Summary;
import org.whisker.table.MapFiles;

/** The charts of one experiment on one model. */
final class AblationFigures {
  private static final int MAPS_A_ROW = 4;
  private static final int MAP_SIDE = 256;

  private final AblationResult result;
  private final Function<String, RandomGenerator> random;

  /**
   * @param random a stream for each name
   */
  AblationFigures(AblationResult result, Function<String, RandomGenerator> random) {
    this.result = result;
    this.random = random;
  }

  /** E and p(cat) of every run, arm by arm; empty when all images are white. */
  Optional<Drawing> strips() {
    List<Arm> edge = arms(Measure.EDGE_INDEX, this::named);
    List<Arm> confidence = arms(Measure.P_CAT, runs -> runs.arm().name());
    List<Drawing> strips = new ArrayList<>();
    if (!edge.isEmpty()) {
      strips.add(
          new StripPlot(
              title("where the pixels lie"),
              "edge index E (below ½: nearer the edge)",
              edge,
              0.5,
              StripPlot.ofRuns("runs", result.isTrained(), "chance"),
              true));
    }
    if (!confidence.isEmpty()) {
      strips.add(
          new StripPlot(
              "and how far the search came",
              "p(cat) of the final image",
              confidence,
              result.target(),
              StripPlot.ofRuns("runs", result.isTrained(), "success"),
              true));
    }
    return strips.isEmpty() ? Optional.empty() : Optional.of(Row.across(12, strips));
  }

  private String title(String what) {
    return result.ablation().id() + " on " + result.model() + ": " + what;
  }

  private String named(ArmRuns runs) {
    return runs.arm().isFlat()
        ? runs.arm().name()
        : "%s (%d/%d succeed)".formatted(runs.arm().name(), runs.successes(), runs.runs().size());
  }

  private List<Arm> arms(Measure measure, Function<ArmRuns, String> name) {
    List<Arm> arms = new ArrayList<>();
    for (ArmRuns runs : result.arms()) {
      double[] values = runs.unitValues(measure);
      if (values.length == 0) {
        arms.add(Arm.none(name.apply(runs)));
      } else {
        double mean = Summary.of(values).mean();
        Interval interval =
            values.length > 1
                ? Bootstrap.standard()
                    .mean(values, random.apply(measure.label() + " " + runs.arm().name()))
                : new Interval(mean, mean, 0.95);
        arms.add(dots(name.apply(runs), runs, measure, mean, interval));
      }
    }
    return arms.stream().allMatch(Arm::isEmpty) ? List.of() : arms;
  }

  private static Arm dots(
      String name, ArmRuns arm, Measure measure, double mean, Interval interval) {
    List<Double> values = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    for (int i = 0; i < arm.runs().size(); i++) {
      OptionalDouble value = measure.of(arm.runs().get(i));
      if (value.isPresent()) {
        lines.add(arm.arm().isTrained() ? i / arm.runsANetwork() : values.size());
        values.add(value.getAsDouble());
      }
    }
    return new Arm(
        name,
        values.stream().mapToDouble(Double::doubleValue).toArray(),
        lines.stream().mapToInt(Integer::intValue).toArray(),
        mean,
        interval.low(),
        interval.high());
  }

  /** Densities of all arms on one scale; empty when all images are white. */
  Optional<Drawing> heatmaps() {
    Map<String, PositionHeatmap> maps = new LinkedHashMap<>();
    for (ArmRuns runs : result.arms()) {
      List<BlackPixels> images = runs.images();
      if (images.stream().anyMatch(image -> image.count() > 0)) {
        double bandwidth = PositionHeatmap.usualBandwidth(images.get(0).canvas());
        maps.put(runs.arm().name(), PositionHeatmap.of(images, bandwidth));
      }
    }
    if (maps.isEmpty()) {
      return Optional.empty();
    }
    double top =
        maps.values().stream()
            .mapToDouble(map -> PositionFigures.top(map.density().orElseThrow()))
            .max()
            .orElseThrow();
    Scale scale = new Scale(0, top, PositionFigures.TIMES_CHANCE);
    List<HeatmapFigure> figures = new ArrayList<>();
    maps.forEach((name, map) -> figures.add(figure(name, map, scale)));
    List<Drawing> rows = new ArrayList<>();
    for (int from = 0; from < figures.size(); from += MAPS_A_ROW) {
      rows.add(new HeatmapRow(figures.subList(from, Math.min(figures.size(), from + MAPS_A_ROW))));
    }
    return Optional.of(new Captioned(new Row(rows, 0, true), captions(maps)));
  }

  private static HeatmapFigure figure(String name, PositionHeatmap map, Scale scale) {
    Canvas canvas = map.frequency().canvas();
    String title = String.format(Locale.ROOT, "%s (%.0f pixels a run)", name, map.meanPixels());
    return HeatmapFigure.of(
            title,
            canvas,
            MapFiles.floats(map.density().orElseThrow().values()),
            scale,
            ColorMap.SEQUENTIAL)
        .withZoom(Math.max(1, MAP_SIDE / Math.max(canvas.width(), canvas.height())));
  }

  private List<String> captions(Map<String, PositionHeatmap> maps) {
    List<String> lines = new ArrayList<>();
    lines.add(
        title("density of black pixels in the final images, each run with the same weight,")
            + " smoothed by 1/32 of the canvas");
    List<String> white =
        result.arms().stream().map(r -> r.arm().name()).filter(n -> !maps.containsKey(n)).toList();
    if (!white.isEmpty()) {
      lines.add("without a black pixel in any run: " + String.join(", ", white));
    }
    return lines;
  }
}
