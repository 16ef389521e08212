package org.whisker.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.whisker.ablation.Measure;
import org.whisker.chart.kit.Arm;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Row;
import org.whisker.explain.Compared;
import org.whisker.explain.Comparison;
import org.whisker.explain.Comparison.ProfilePoint;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;

/** A comparison of models as charts, each quantity on one scale. */
public final class ComparisonFigures {
  private static final int GAP = 12;

  private ComparisonFigures() {}

  /**
   * Every run of every model: where its pixels lie, what the network makes of it, what it took.
   *
   * @param random a stream for each name
   */
  public static Optional<Drawing> runs(
      List<Compared> models, Function<String, RandomGenerator> random) {
    List<Drawing> strips = new ArrayList<>();
    strip(
            models,
            Measure.EDGE_INDEX,
            "Where the pixels lie",
            "edge index E (below ½: nearer the edge)",
            0.5,
            "chance",
            random)
        .ifPresent(strips::add);
    strip(
            models,
            Measure.P_CAT,
            "How far the search came",
            "p(cat) of the final image",
            0.5,
            "cat from here",
            random)
        .ifPresent(strips::add);
    strip(
            models,
            Measure.PIXELS,
            "With how many pixels",
            "black pixels of the final image",
            0,
            "white",
            random)
        .ifPresent(strips::add);
    return strips.isEmpty() ? Optional.empty() : Optional.of(new Row(strips, GAP, true));
  }

  private static Optional<Drawing> strip(
      List<Compared> models,
      Measure measure,
      String title,
      String label,
      double reference,
      String referenceName,
      Function<String, RandomGenerator> random) {
    List<Arm> arms = new ArrayList<>();
    for (Compared model : models) {
      double[] values = model.control().values(measure);
      if (values.length >= 2) {
        double mean = DoubleStream.of(values).average().orElseThrow();
        Interval interval =
            Bootstrap.standard().mean(values, random.apply(model.name() + " " + measure.label()));
        arms.add(
            new Arm(
                model.name(),
                values,
                mean,
                Math.min(mean, interval.low()),
                Math.max(mean, interval.high())));
      }
    }
    return arms.isEmpty()
        ? Optional.empty()
        : Optional.of(Charts.strip(title, label, arms, reference, referenceName, "95 % interval"));
  }

  /** From the border inwards: density of evolved pixels, one black pixel on white, gradient. */
  public static Optional<Drawing> profiles(Comparison comparison) {
    List<Drawing> charts = new ArrayList<>();
    profile(comparison, "density", "Evolved pixels", "density (1 = chance)", 1, "chance")
        .ifPresent(charts::add);
    profile(
            comparison,
            "probe",
            "One black pixel on white",
            "mean Δlogit of not-cat",
            0,
            "no effect")
        .ifPresent(charts::add);
    profile(
            comparison,
            "gradient",
            "Gradient at white",
            "mean |gradient|, relative",
            1,
            "the map's mean")
        .ifPresent(charts::add);
    return charts.isEmpty() ? Optional.empty() : Optional.of(Row.across(GAP, charts));
  }

  private static Optional<Drawing> profile(
      Comparison comparison,
      String which,
      String title,
      String label,
      double reference,
      String referenceName) {
    Map<String, List<ProfilePoint>> byModel = new LinkedHashMap<>();
    for (ProfilePoint point : comparison.profiles()) {
      if (point.profile().equals(which)) {
        byModel.computeIfAbsent(point.model(), name -> new ArrayList<>()).add(point);
      }
    }
    List<Line> lines = new ArrayList<>();
    byModel.forEach((model, points) -> lines.add(line(model, points)));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Charts.profile(
                title,
                "edge rank u (0 at the border, 1 in the centre)",
                label,
                lines,
                reference,
                referenceName));
  }

  private static Line line(String model, List<ProfilePoint> points) {
    double[] x = points.stream().mapToDouble(p -> (p.from() + p.to()) / 2).toArray();
    double[] y = points.stream().mapToDouble(ProfilePoint::value).toArray();
    boolean banded = points.stream().allMatch(p -> p.low().isPresent() && p.high().isPresent());
    return banded ? new Line(model, x, y, band(points)) : new Line(model, x, y);
  }

  /** A density is not below 0, whatever the interval of its mean says. */
  private static Band band(List<ProfilePoint> points) {
    return new Band(ends(points, ComparisonFigures::low), ends(points, ProfilePoint::high));
  }

  private static OptionalDouble low(ProfilePoint point) {
    return OptionalDouble.of(Math.max(0, point.low().orElse(point.value())));
  }

  private static double[] ends(
      List<ProfilePoint> points, Function<ProfilePoint, OptionalDouble> end) {
    return points.stream().mapToDouble(p -> end.apply(p).orElse(p.value())).toArray();
  }
}
