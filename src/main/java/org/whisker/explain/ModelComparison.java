package org.whisker.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Observation;
import org.whisker.explain.ComparisonTables.CrossModelRow;
import org.whisker.explain.ComparisonTables.DifferenceRow;
import org.whisker.explain.ComparisonTables.MeasureRow;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.explain.ComparisonTables.ProfileRow;
import org.whisker.position.RingRange;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.ShareInterval;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.value.Checks;
import org.whisker.value.OptionalNumber;

/** Compares models under the same protocol. */
public final class ModelComparison {
  /** Confidence level of all intervals of a comparison. */
  static final double LEVEL = 0.95;

  private ModelComparison() {}

  /**
   * Computes the comparison.
   *
   * @param models at least two
   */
  public static Comparison of(
      List<ComparedModel> models, List<CrossModelRow> transfers, long seed) {
    Checks.refuse(models.size() < 2, "a comparison needs two models, has %s", models.size());
    return new Comparison(
        new ComparedMeasures(models, seed).all(),
        new ComparedDifferences(models, seed).all(),
        transfers,
        comparedProfiles(models));
  }

  /** The quantities of each model, with intervals where available. */
  private record ComparedMeasures(List<ComparedModel> models, long seed) {
    static final String ACCURACY = "test accuracy";

    /** All rows by quantity, then by model. */
    List<MeasureRow> all() {
      List<MeasureRow> rows = new ArrayList<>();
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

    private static void accuracy(ComparedModel m, List<MeasureRow> rows) {
      ModelRow facts = m.facts();
      if (facts.testAccuracy().isPresent()) {
        Interval interval =
            ShareInterval.of(facts.right(), facts.testPhotos().orElseThrow(), LEVEL);
        rows.add(
            new MeasureRow(
                ACCURACY,
                "share of photos",
                m.name(),
                facts.testAccuracy().getAsDouble(),
                OptionalDouble.of(interval.low()),
                OptionalDouble.of(interval.high()),
                facts.testPhotos()));
      }
    }

    private static MeasureRow success(ComparedModel m) {
      int runs = m.control().runs().size();
      int successes = m.control().halfCats();
      Interval interval = ShareInterval.of(successes, runs, LEVEL);
      return new MeasureRow(
          "success",
          "share of runs that reach p(target) 1/2",
          m.name(),
          (double) successes / runs,
          OptionalDouble.of(interval.low()),
          OptionalDouble.of(interval.high()),
          OptionalInt.of(runs));
    }

    private void mean(ComparedModel m, RunQuantity quantity, List<MeasureRow> rows) {
      double[] values = m.control().values(quantity.measure());
      if (values.length >= 2) {
        Interval interval =
            quantity.measure().interval(values, random(m.name() + " " + quantity.label()));
        rows.add(
            new MeasureRow(
                quantity.label(),
                quantity.unit(),
                m.name(),
                Arrays.stream(values).average().orElseThrow(),
                OptionalDouble.of(interval.low()),
                OptionalDouble.of(interval.high()),
                OptionalInt.of(values.length)));
      }
    }

    private static void probe(ComparedModel m, List<MeasureRow> rows) {
      m.maps()
          .probeProfile()
          .byEdgeRank()
          .ifPresent(
              test ->
                  rows.add(
                      alone(
                          "probe profile",
                          "rank correlation of edge rank and delta_logit",
                          m,
                          test.statistic())));
    }

    private static MeasureRow helping(ComparedModel m) {
      String unit = "share of single pixels towards the target";
      return alone("places that help", unit, m, m.maps().probeProfile().helping());
    }

    private static void gradient(ComparedModel m, List<MeasureRow> rows) {
      SaliencyProfile.edgeIndex(m.maps().gradient())
          .ifPresent(
              e -> rows.add(alone("saliency by ring", "edge rank of the gradient at white", m, e)));
    }

    private static void foveation(ComparedModel m, List<MeasureRow> rows) {
      if (m.foveation().isPresent()) {
        Observation o = m.foveation().get();
        Interval interval = o.interval();
        rows.add(
            new MeasureRow(
                "foveation",
                "rank correlation of paths and pixels",
                m.name(),
                o.effect(),
                OptionalNumber.ofNullable(interval, Interval::low),
                OptionalNumber.ofNullable(interval, Interval::high),
                count(o.runs())));
      }
    }

    private static OptionalInt count(int runs) {
      return runs == 0 ? OptionalInt.empty() : OptionalInt.of(runs);
    }

    private static MeasureRow alone(String quantity, String unit, ComparedModel m, double value) {
      return new MeasureRow(
          quantity,
          unit,
          m.name(),
          value,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty());
    }

    private RandomGenerator random(String purpose) {
      return SplitMix64.stream(seed, "compare " + purpose, 0);
    }
  }

  /** Differences of each pair of models: runs paired by seed, photos by proportions. */
  private record ComparedDifferences(List<ComparedModel> models, long seed) {
    private static final int DRAWS = 9_999;

    /** The differences, pair by pair. */
    List<DifferenceRow> all() {
      List<DifferenceRow> rows = new ArrayList<>();
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

    private static void accuracy(ComparedModel a, ComparedModel b, List<DifferenceRow> rows) {
      ModelRow first = a.facts();
      ModelRow second = b.facts();
      if (first.testAccuracy().isPresent() && second.testAccuracy().isPresent()) {
        Estimate estimate =
            ShareInterval.difference(
                first.right(),
                first.testPhotos().orElseThrow(),
                second.right(),
                second.testPhotos().orElseThrow(),
                LEVEL);
        rows.add(
            row(
                ComparedMeasures.ACCURACY,
                a,
                b,
                estimate,
                OptionalDouble.empty(),
                OptionalInt.empty()));
      }
    }

    private void paired(
        ComparedModel a, ComparedModel b, RunQuantity quantity, List<DifferenceRow> rows) {
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
      rows.add(
          row(
              quantity.label(),
              a,
              b,
              estimate,
              OptionalDouble.of(p),
              OptionalInt.of(pairs.size())));
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

    private static DifferenceRow row(
        String quantity,
        ComparedModel a,
        ComparedModel b,
        Estimate e,
        OptionalDouble p,
        OptionalInt pairs) {
      return new DifferenceRow(
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

    private static List<DifferenceRow> corrected(List<DifferenceRow> rows) {
      double[] holm =
          Holm.adjust(rows.stream().flatMapToDouble(row -> row.pValue().stream()).toArray());
      List<DifferenceRow> corrected = new ArrayList<>();
      int next = 0;
      for (DifferenceRow d : rows) {
        OptionalDouble p =
            d.pValue().isPresent() ? OptionalDouble.of(holm[next++]) : OptionalDouble.empty();
        corrected.add(d.corrected(p));
      }
      return corrected;
    }

    private RandomGenerator random(String purpose) {
      return SplitMix64.stream(seed, "compare " + purpose, 0);
    }
  }

  /** The profiles of each model by edge rank, from the border inwards. */
  private static List<ProfileRow> comparedProfiles(List<ComparedModel> models) {
    List<ProfileRow> points = new ArrayList<>();
    for (ComparedModel m : models) {
      m.maps()
          .density()
          .ifPresent(
              profile ->
                  profile
                      .bins()
                      .forEach(
                          bin ->
                              points.add(
                                  new ProfileRow(
                                      "density",
                                      m.name(),
                                      bin.where().uFrom(),
                                      bin.where().uTo(),
                                      OptionalDouble.of(bin.mean().density()),
                                      bin.mean().ciLow(),
                                      bin.mean().ciHigh()))));
    }
    for (ComparedModel m : models) {
      m.maps()
          .probeProfile()
          .bins()
          .forEach(
              bin ->
                  points.add(
                      point("probe", m, bin.where(), OptionalDouble.of(bin.meanDeltaLogit()))));
    }
    for (ComparedModel m : models) {
      m.maps()
          .gradientProfile()
          .bins()
          .forEach(
              bin -> points.add(point("gradient", m, RingRange.of(bin.where()), bin.relative())));
    }
    return points;
  }

  private static ProfileRow point(
      String profile, ComparedModel m, RingRange where, OptionalDouble value) {
    return new ProfileRow(
        profile,
        m.name(),
        where.uFrom(),
        where.uTo(),
        OptionalDouble.of(value.orElse(0)),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private enum RunQuantity {
    EDGE_INDEX("edge index", "E of final images, 1/2 is chance", Measure.EDGE_INDEX),
    CAT_PROBABILITY("p(target)", "of the final image", Measure.P_TARGET),
    PIXELS("black pixels", "of the final image", Measure.PIXELS),
    EVALUATIONS(
        "images to the target",
        "scored until p(target) reached the target, or all of a run's",
        Measure.EVALUATIONS);

    private final String label;
    private final String unit;
    private final Measure measure;

    RunQuantity(String label, String unit, Measure measure) {
      this.label = label;
      this.unit = unit;
      this.measure = measure;
    }

    String label() {
      return label;
    }

    String unit() {
      return unit;
    }

    Measure measure() {
      return measure;
    }
  }
}
