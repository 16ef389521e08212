package org.whisker.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.ablation.Observation;
import org.whisker.explain.Comparison.Measured;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.stats.Interval;
import org.whisker.stats.ShareInterval;

/** The quantities of each model, with intervals where available. */
final class ComparedMeasures {
  static final double LEVEL = 0.95;
  static final String ACCURACY = "test accuracy";

  private final List<ComparedModel> models;
  private final long seed;

  ComparedMeasures(List<ComparedModel> models, long seed) {
    this.models = models;
    this.seed = seed;
  }

  /** By quantity, then by model. */
  List<Measured> all() {
    List<Measured> rows = new ArrayList<>();
    models.forEach(m -> accuracy(m, rows));
    models.forEach(m -> rows.add(success(m)));
    for (RunQuantity quantity : RunQuantity.values()) {
      models.forEach(m -> mean(m, quantity, rows));
    }
    models.forEach(m -> probe(m, rows));
    models.forEach(m -> rows.add(helping(m)));
    models.forEach(m -> gradient(m, rows));
    models.forEach(m -> foveation(m, rows));
    return List.copyOf(rows);
  }

  private static void accuracy(ComparedModel m, List<Measured> rows) {
    ModelSummary summary = m.facts().summary();
    if (summary.testAccuracy().isPresent()) {
      Interval interval = ShareInterval.of(right(summary), summary.testPhotos(), LEVEL);
      rows.add(
          new Measured(
              ACCURACY,
              "share of photos",
              m.name(),
              summary.testAccuracy().getAsDouble(),
              OptionalDouble.of(interval.low()),
              OptionalDouble.of(interval.high()),
              summary.testPhotos()));
    }
  }

  /** Number of correctly classified photos. */
  static int right(ModelSummary summary) {
    return (int) Math.round(summary.testAccuracy().orElse(0) * summary.testPhotos());
  }

  private static Measured success(ComparedModel m) {
    int runs = m.control().runs().size();
    int successes = m.control().successes();
    Interval interval = ShareInterval.of(successes, runs, LEVEL);
    return new Measured(
        "success",
        "share of runs that reach p(cat) ½",
        m.name(),
        (double) successes / runs,
        OptionalDouble.of(interval.low()),
        OptionalDouble.of(interval.high()),
        runs);
  }

  private void mean(ComparedModel m, RunQuantity quantity, List<Measured> rows) {
    double[] values = m.control().values(quantity.measure());
    if (values.length >= 2) {
      Interval interval =
          quantity.measure().interval(values, random(m.name() + " " + quantity.label()));
      rows.add(
          new Measured(
              quantity.label(),
              quantity.unit(),
              m.name(),
              Arrays.stream(values).average().orElseThrow(),
              OptionalDouble.of(interval.low()),
              OptionalDouble.of(interval.high()),
              values.length));
    }
  }

  private static void probe(ComparedModel m, List<Measured> rows) {
    m.maps()
        .probeProfile()
        .byEdgeRank()
        .ifPresent(
            test ->
                rows.add(alone("probe profile", "ρ of edge rank and Δlogit", m, test.statistic())));
  }

  private static Measured helping(ComparedModel m) {
    String unit = "share of single pixels towards cat";
    return alone("places that help", unit, m, m.maps().probeProfile().helping());
  }

  private static void gradient(ComparedModel m, List<Measured> rows) {
    SaliencyProfile.edgeIndex(m.maps().gradient())
        .ifPresent(
            e -> rows.add(alone("saliency by ring", "edge rank of the gradient at white", m, e)));
  }

  private static void foveation(ComparedModel m, List<Measured> rows) {
    if (m.foveation().isPresent()) {
      Observation o = m.foveation().get();
      Interval interval = o.interval();
      rows.add(
          new Measured(
              "foveation",
              "rank correlation of paths and pixels",
              m.name(),
              o.effect(),
              interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.low()),
              interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.high()),
              o.runs()));
    }
  }

  private static Measured alone(String quantity, String unit, ComparedModel m, double value) {
    return new Measured(
        quantity, unit, m.name(), value, OptionalDouble.empty(), OptionalDouble.empty(), 0);
  }

  private RandomGenerator random(String purpose) {
    return SplitMix64.stream(seed, "compare " + purpose, 0);
  }
}
