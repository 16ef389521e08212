package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * Values of arms paired by seed; if networks are trained, by the seed of their training. Seeds at
 * which an arm has no value are dropped and counted.
 */
final class PairedValues {
  private final ArmContrast contrast;
  private final List<double[]> rows;
  private final int dropped;

  private PairedValues(ArmContrast contrast, List<double[]> rows, int dropped) {
    this.contrast = contrast;
    this.rows = rows;
    this.dropped = dropped;
  }

  static PairedValues of(ArmContrast contrast, Measure measure, Map<String, ArmRuns> arms) {
    List<SortedMap<Long, OptionalDouble>> bySeed = new ArrayList<>();
    for (String name : contrast.weights().keySet()) {
      ArmRuns runs = arms.get(name);
      if (runs == null) {
        throw new IllegalArgumentException("there is no arm " + name);
      }
      bySeed.add(runs.units(measure));
    }
    TreeSet<Long> seeds = new TreeSet<>(bySeed.get(0).keySet());
    bySeed.forEach(values -> seeds.retainAll(values.keySet()));
    List<double[]> rows = new ArrayList<>();
    for (long seed : seeds) {
      List<OptionalDouble> row = bySeed.stream().map(values -> values.get(seed)).toList();
      if (row.stream().allMatch(OptionalDouble::isPresent)) {
        rows.add(row.stream().mapToDouble(OptionalDouble::getAsDouble).toArray());
      }
    }
    return new PairedValues(contrast, rows, seeds.size() - rows.size());
  }

  /** The weighted sum minus the reference, for each seed. */
  double[] contrasts() {
    double[] weights =
        contrast.weights().values().stream().mapToDouble(Double::doubleValue).toArray();
    return rows.stream().mapToDouble(row -> sum(row, weights) - contrast.reference()).toArray();
  }

  List<Double> differences() {
    return DoubleStream.of(contrasts()).boxed().toList();
  }

  private static double sum(double[] row, double[] weights) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += weights[i] * row[i];
    }
    return sum;
  }

  /** The values of the {@code i}-th arm of the contrast. */
  double[] arm(int i) {
    return rows.stream().mapToDouble(row -> row[i]).toArray();
  }

  /** Mean of the treatment. */
  OptionalDouble treated() {
    return contrast.isPair() || contrast.isAgainstChance()
        ? DoubleStream.of(arm(0)).average()
        : OptionalDouble.empty();
  }

  /** Mean of the control. */
  OptionalDouble control() {
    return contrast.isPair()
        ? DoubleStream.of(arm(1)).average()
        : contrast.isAgainstChance()
            ? OptionalDouble.of(contrast.reference())
            : OptionalDouble.empty();
  }

  int dropped() {
    return dropped;
  }
}
