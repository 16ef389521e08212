package org.whisker.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;
import org.whisker.stats.Summary;

/** Every run of every arm as a dot, with means and intervals, on an axis from 0 to 1. */
final class ArmStrips {
  private static final int MOST_DOTS = 100;

  private final long seed;

  ArmStrips(long seed) {
    this.seed = seed;
  }

  /** Edge indices; empty when no run has one. */
  Optional<Drawing> edge(String title, List<ArmLine> lines) {
    return strip(
        title, "edge index E (below ½: nearer the edge)", lines, ArmLine::edgeIndex, "chance");
  }

  /** How sure the network is of the final images, whose counts of successes are in the names. */
  Optional<Drawing> confidence(String title, List<ArmLine> lines) {
    return strip(
        title, "p(cat) of the final image", lines, ArmLine::catProbability, "p(cat) = ½, a cat");
  }

  private Optional<Drawing> strip(
      String title,
      String label,
      List<ArmLine> lines,
      Function<ArmLine, OptionalDouble> value,
      String reference) {
    List<Arm> arms = new ArrayList<>();
    for (Map.Entry<String, List<ArmLine>> arm : ArmLine.byArm(lines).entrySet()) {
      double[] values = ArmLine.values(arm.getValue(), value);
      arms.add(arm(name(arm.getKey(), arm.getValue()), label, values));
    }
    if (arms.stream().allMatch(Arm::isEmpty)) {
      return Optional.empty();
    }
    boolean thinned = lines.size() > MOST_DOTS * arms.size();
    String legend =
        StripPlot.legend(thinned ? "a part of the runs" : "runs", "95 % interval", reference);
    return Optional.of(new StripPlot(title, label, arms, 0.5, legend, true));
  }

  private static String name(String arm, List<ArmLine> runs) {
    long cats = runs.stream().filter(ArmLine::success).count();
    return runs.get(0).isFlat() ? arm : "%s (%d/%d cats)".formatted(arm, cats, runs.size());
  }

  private Arm arm(String name, String label, double[] values) {
    if (values.length == 0) {
      return Arm.none(name);
    }
    double mean = Summary.of(values).mean();
    Interval interval =
        values.length == 1
            ? new Interval(mean, mean, 0.95)
            : Bootstrap.standard().mean(values, SplitMix64.stream(seed, label + " " + name, 0));
    return new Arm(
        name,
        thinned(values),
        mean,
        Math.min(mean, interval.low()),
        Math.max(mean, interval.high()));
  }

  private static double[] thinned(double[] values) {
    int every = (values.length + MOST_DOTS - 1) / MOST_DOTS;
    double[] some = new double[(values.length + every - 1) / every];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[i * every];
    }
    return some;
  }
}
