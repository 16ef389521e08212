package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.Measure;
import org.whisker.explain.Comparison.Difference;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Alternative;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Estimate;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.ShareInterval;

/** Differences of each pair of models: runs paired by seed, photos by proportions. */
final class ComparedDifferences {
  private static final int DRAWS = 9_999;

  private final List<ComparedModel> models;
  private final long seed;

  ComparedDifferences(List<ComparedModel> models, long seed) {
    this.models = models;
    this.seed = seed;
  }

  /** The differences, pair by pair. */
  List<Difference> all() {
    List<Difference> rows = new ArrayList<>();
    for (int a = 0; a < models.size(); a++) {
      for (int b = a + 1; b < models.size(); b++) {
        accuracy(models.get(a), models.get(b), rows);
        for (RunQuantity quantity : RunQuantity.values()) {
          paired(models.get(a), models.get(b), quantity, rows);
        }
      }
    }
    return corrected(rows);
  }

  private static void accuracy(ComparedModel a, ComparedModel b, List<Difference> rows) {
    ModelSummary first = a.facts().summary();
    ModelSummary second = b.facts().summary();
    if (first.testAccuracy().isPresent() && second.testAccuracy().isPresent()) {
      Estimate estimate =
          ShareInterval.difference(
              ComparedMeasures.right(first),
              first.testPhotos(),
              ComparedMeasures.right(second),
              second.testPhotos(),
              ComparedMeasures.LEVEL);
      rows.add(row(ComparedMeasures.ACCURACY, a, b, estimate, OptionalDouble.empty(), 0));
    }
  }

  private void paired(
      ComparedModel a, ComparedModel b, RunQuantity quantity, List<Difference> rows) {
    List<double[]> pairs = pairs(a, b, quantity.measure());
    double[] left = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
    double[] right = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
    if (pairs.size() < 2) {
      return;
    }
    String stream = a.name() + " " + b.name() + " " + quantity.label();
    Estimate estimate =
        EffectSize.pairedDifference(left, right, Bootstrap.standard(), random(stream));
    double p =
        PermutationTest.paired(left, right, Alternative.TWO_SIDED, DRAWS, random(stream + " p"))
            .p();
    rows.add(row(quantity.label(), a, b, estimate, OptionalDouble.of(p), pairs.size()));
  }

  private static List<double[]> pairs(ComparedModel a, ComparedModel b, Measure measure) {
    Map<Long, Double> first = new TreeMap<>();
    for (ArmRun run : a.control().runs()) {
      measure.of(run).ifPresent(value -> first.put(run.seed(), value));
    }
    List<double[]> pairs = new ArrayList<>();
    for (ArmRun run : b.control().runs()) {
      Double left = first.get(run.seed());
      OptionalDouble right = measure.of(run);
      if (left != null && right.isPresent()) {
        pairs.add(new double[] {left, right.getAsDouble()});
      }
    }
    return pairs;
  }

  private static Difference row(
      String quantity, ComparedModel a, ComparedModel b, Estimate e, OptionalDouble p, int pairs) {
    return new Difference(
        quantity,
        a.name(),
        b.name(),
        e.value(),
        e.interval().low(),
        e.interval().high(),
        p,
        OptionalDouble.empty(),
        pairs);
  }

  private static List<Difference> corrected(List<Difference> rows) {
    double[] holm = Holm.adjust(rows.stream().flatMapToDouble(row -> row.p().stream()).toArray());
    List<Difference> corrected = new ArrayList<>();
    int next = 0;
    for (Difference d : rows) {
      OptionalDouble p =
          d.p().isPresent() ? OptionalDouble.of(holm[next++]) : OptionalDouble.empty();
      corrected.add(
          new Difference(
              d.quantity(),
              d.modelA(),
              d.modelB(),
              d.value(),
              d.low(),
              d.high(),
              d.p(),
              p,
              d.pairs()));
    }
    return corrected;
  }

  private RandomGenerator random(String purpose) {
    return SplitMix64.stream(seed, "compare " + purpose, 0);
  }
}
