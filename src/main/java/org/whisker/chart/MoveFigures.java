package org.whisker.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.MoveCurve;
import org.whisker.ablation.MovedPatterns;
import org.whisker.ablation.Observed;
import org.whisker.ablation.StrideComb;
import org.whisker.chart.kit.Arm;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.StripPlot;
import org.whisker.chart.kit.XyPlot;
import org.whisker.io.Decimals;
import org.whisker.stats.Estimate;
import org.whisker.stats.Interval;

/** What is lost when a pattern is moved: by distance, by scale, and otherwise. */
final class MoveFigures {
  private static final String DELTA = "\u0394logit (above 0: less of a cat)";
  private static final List<String> BY_DISTANCE = List.of("roll", "translate");
  private static final String BY_SCALE = "shrink";

  private final Observed.Moves moves;
  private final double gain;
  private final double lowest;
  private final double highest;

  private MoveFigures(Observed.Moves moves) {
    this.moves = moves;
    MovedPatterns patterns = moves.patterns();
    this.gain =
        IntStream.range(0, patterns.images()).mapToDouble(patterns::gain).average().orElse(0);
    double least = Math.min(0, gain);
    double most = Math.max(Math.max(0, gain), least + 1e-6);
    for (MoveCurve curve : moves.curves()) {
      for (MoveCurve.Point point : curve.points()) {
        Estimate estimate = point.delta().estimate();
        double mean = point.delta().mean();
        least = Math.min(least, estimate == null ? mean : estimate.interval().low());
        most = Math.max(most, estimate == null ? mean : estimate.interval().high());
      }
    }
    this.lowest = least - 0.04 * (most - least);
    this.highest = most + 0.04 * (most - least);
  }

  /** Empty without an image. */
  static Optional<Drawing> of(String title, Observed.Moves moves) {
    if (moves.patterns().images() == 0) {
      return Optional.empty();
    }
    MoveFigures figures = new MoveFigures(moves);
    Drawing plots = Row.across(8, List.of(figures.distances(), figures.scales()));
    List<Drawing> rows = new ArrayList<>(List.of(plots));
    rows.add(figures.others());
    return Optional.of(new Captioned(new Row(rows, 8, true), figures.captions(title)));
  }

  private Drawing distances() {
    XyPlot plot = new XyPlot("Moved by so many pixels", "pixels, in any of 4 directions", DELTA);
    double furthest = 1;
    for (MoveCurve curve : moves.curves()) {
      if (BY_DISTANCE.contains(curve.kind())) {
        plot.line(line(curve), Ink.series(BY_DISTANCE.indexOf(curve.kind())), false);
        furthest = curve.points().get(curve.points().size() - 1).step();
      }
    }
    plot.reference("nothing drawn", 1, gain, furthest, gain);
    plot.rule(1, furthest, 0);
    plot.yRange(lowest, highest);
    return plot;
  }

  private Drawing scales() {
    XyPlot plot = new XyPlot("Drawn to the middle", "scale (1: where it evolved)", DELTA);
    for (MoveCurve curve : moves.curves()) {
      if (curve.kind().equals(BY_SCALE)) {
        plot.line(line(curve), Ink.series(2), true);
      }
    }
    plot.reference("nothing drawn", 0, gain, 1, gain);
    plot.rule(0, 1, 0);
    plot.yRange(lowest, highest);
    return plot;
  }

  private static Line line(MoveCurve curve) {
    double[] x = curve.points().stream().mapToDouble(MoveCurve.Point::step).toArray();
    double[] y = curve.points().stream().mapToDouble(p -> p.delta().mean()).toArray();
    return new Line(curve.kind(), x, y, band(curve));
  }

  private static @Nullable Band band(MoveCurve curve) {
    List<Interval> intervals = new ArrayList<>();
    for (MoveCurve.Point point : curve.points()) {
      Estimate estimate = point.delta().estimate();
      if (estimate != null) {
        intervals.add(estimate.interval());
      }
    }
    return intervals.size() < curve.points().size()
        ? null
        : new Band(
            intervals.stream().mapToDouble(Interval::low).toArray(),
            intervals.stream().mapToDouble(Interval::high).toArray());
  }

  private Drawing others() {
    List<Arm> arms = new ArrayList<>();
    for (MoveCurve curve : moves.curves()) {
      if (!BY_DISTANCE.contains(curve.kind()) && !curve.kind().equals(BY_SCALE)) {
        arms.add(arm(curve));
      }
    }
    return new StripPlot("Moved otherwise", DELTA, arms, 0, "where it evolved", "95 % interval");
  }

  private Arm arm(MoveCurve curve) {
    MoveCurve.Point point = curve.points().get(0);
    Estimate estimate = point.delta().estimate();
    double mean = point.delta().mean();
    return new Arm(
        name(curve.kind()),
        moves.patterns().deltas(curve.kind()),
        mean,
        estimate == null ? mean : estimate.interval().low(),
        estimate == null ? mean : estimate.interval().high());
  }

  private static String name(String kind) {
    return switch (kind) {
      case "mirror" -> "mirrored";
      case "invert" -> "edge and centre swapped";
      case "scatter" -> "scattered (20 draws)";
      default -> kind;
    };
  }

  private List<String> captions(String title) {
    List<String> lines = new ArrayList<>();
    lines.add(title + ": mean over evolved images, 95 % interval");
    lines.add(
        "roll: what leaves on one side enters on the other; translate: it is lost; 0: where it"
            + " evolved; dashed: the empty canvas");
    moves.combs().stream()
        .filter(comb -> comb.difference() != null && comb.pHolm() <= 0.05)
        .findFirst() // its multiples are among those of the others
        .ifPresent(comb -> lines.add(told(comb, Objects.requireNonNull(comb.difference()))));
    return lines;
  }

  private static String told(StrideComb comb, Estimate difference) {
    return "rolled by multiples of %d, %s logits %s than beside them (p %s)"
        .formatted(
            comb.modulus(),
            Decimals.fixed(Math.abs(difference.value()), 3),
            difference.value() < 0 ? "less lost" : "more lost",
            Decimals.fixed(comb.pHolm(), 3));
  }
}
