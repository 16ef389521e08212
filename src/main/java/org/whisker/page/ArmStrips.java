package org.whisker.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.chart.kit.Arm;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.StripPlot;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;
import org.whisker.stats.Summary;
import org.whisker.table.ArmRow;

/** Every run of every arm as a dot, with means and intervals, on an axis from 0 to 1. */
final class ArmStrips {
  private static final int MOST_DOTS = 100;

  private final long seed;

  ArmStrips(long seed) {
    this.seed = seed;
  }

  /** Edge indices; empty when no run has one. */
  Optional<Drawing> edge(String title, Map<String, List<ArmRow>> arms) {
    return strip(
        title, "edge index E (below ½: nearer the edge)", arms, ArmRow::edgeIndex, "chance");
  }

  /** How sure the network is of the final images, whose counts of successes are in the names. */
  Optional<Drawing> confidence(String title, Map<String, List<ArmRow>> arms) {
    return strip(
        title, "p(cat) of the final image", arms, ArmRow::catProbability, "p(cat) = ½, a cat");
  }

  private Optional<Drawing> strip(
      String title,
      String label,
      Map<String, List<ArmRow>> rows,
      Function<ArmRow, OptionalDouble> value,
      String reference) {
    List<Arm> arms = new ArrayList<>();
    boolean trained = false;
    int runs = 0;
    for (Map.Entry<String, List<ArmRow>> arm : rows.entrySet()) {
      runs += arm.getValue().size();
      String name = name(arm.getKey(), arm.getValue());
      Map<String, List<ArmRow>> networks = ArmRow.byNetwork(arm.getValue());
      trained |= networks.size() > 1;
      arms.add(
          networks.size() > 1
              ? trained(name, label, networks, value)
              : arm(name, label, ArmRow.values(arm.getValue(), value)));
    }
    if (arms.stream().allMatch(Arm::isEmpty)) {
      return Optional.empty();
    }
    boolean thinned = runs > MOST_DOTS * arms.size();
    String dots = thinned ? "a part of the runs" : "runs";
    String legend = StripPlot.ofRuns(dots, trained, reference);
    return Optional.of(new StripPlot(title, label, arms, 0.5, legend, true));
  }

  /** An arm whose networks were trained: each counts once, as the mean of its runs. */
  private Arm trained(
      String name,
      String label,
      Map<String, List<ArmRow>> networks,
      Function<ArmRow, OptionalDouble> value) {
    List<double[]> runs =
        networks.values().stream().map(lines -> ArmRow.values(lines, value)).toList();
    double[] means =
        runs.stream().filter(r -> r.length > 0).mapToDouble(r -> Summary.of(r).mean()).toArray();
    if (means.length == 0) {
      return Arm.none(name);
    }
    Arm units = arm(name, label, means);
    int[] lines =
        IntStream.range(0, runs.size())
            .flatMap(i -> IntStream.generate(() -> i).limit(runs.get(i).length))
            .toArray();
    double[] dots = runs.stream().flatMapToDouble(Arrays::stream).toArray();
    return new Arm(name, dots, lines, units.mean(), units.low(), units.high());
  }

  private static String name(String arm, List<ArmRow> runs) {
    long cats = runs.stream().filter(ArmRow::success).count();
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
