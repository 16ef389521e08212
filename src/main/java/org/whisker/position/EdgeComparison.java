package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.position.EdgeBias.BiasDecision;
import org.whisker.random.SplitMix64;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.stats.Verdict;

/**
 * An unpaired comparison of two conditions' edge indices over runs.
 *
 * @param a the first condition
 * @param b the second
 * @param delta mean E of a minus that of b: below 0, a lies nearer the edge
 * @param ciLow the lower end of its 95 % interval, within −1 to 1, made of those of the two means
 *     ({@link Estimate#minus}); empty when one of them has a single run
 * @param ciHigh the upper end of the interval
 * @param p two-sided, by permutation
 * @param pHolm corrected for all pairs
 * @param a12 the probability that a run of a has a larger E than one of b
 * @param pEquivalence the p-value of the test that the difference lies within ±{@link
 *     Placement#MARGIN} (TOST)
 * @param verdict on "they differ"
 * @param runsNeeded if undecided: the number of runs in each condition that would show the
 *     difference seen, or that it is within the margin, whichever takes fewer, at the level
 *     corrected for all pairs; empty where neither would
 */
public record EdgeComparison(
    String a,
    String b,
    double delta,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    double p,
    double pHolm,
    double a12,
    OptionalDouble pEquivalence,
    Verdict verdict,
    OptionalLong runsNeeded) {
  private static final int DRAWS = 9_999;
  private static final double LEVEL = 0.95;

  /** All pairs of conditions that have a run with a black pixel, the earlier condition first. */
  public static List<EdgeComparison> all(List<ConditionMaps> conditions, long seed) {
    List<ConditionMaps> placed =
        conditions.stream().filter(c -> c.placement().isPresent()).toList();
    List<EdgeComparison> pairs = new ArrayList<>();
    int family = placed.size() * (placed.size() - 1) / 2;
    for (int i = 0; i < placed.size(); i++) {
      for (int j = i + 1; j < placed.size(); j++) {
        SplitMix64 random = SplitMix64.stream(seed, "heatmap-compare", pairs.size());
        pairs.add(of(placed.get(i), placed.get(j), family, random));
      }
    }
    double[] corrected = Holm.adjust(pairs.stream().mapToDouble(EdgeComparison::p).toArray());
    List<EdgeComparison> judged = new ArrayList<>();
    for (int i = 0; i < corrected.length; i++) {
      judged.add(pairs.get(i).judged(corrected[i]));
    }
    return judged;
  }

  /** The comparison before the correction. */
  private static EdgeComparison of(
      ConditionMaps first, ConditionMaps second, int family, SplitMix64 random) {
    double[] a = first.placement().orElseThrow().indices();
    double[] b = second.placement().orElseThrow().indices();
    TestResult test = PermutationTest.unpaired(a, b, Alternative.TWO_SIDED, DRAWS, random);
    OptionalDouble low = OptionalDouble.empty();
    OptionalDouble high = OptionalDouble.empty();
    OptionalDouble equivalence = OptionalDouble.empty();
    OptionalLong needed = OptionalLong.empty();
    if (a.length > 1 && b.length > 1) {
      Interval interval = edgeIndex(first).minus(edgeIndex(second)).interval();
      low = OptionalDouble.of(interval.low());
      high = OptionalDouble.of(interval.high());
      equivalence = OptionalDouble.of(Equivalence.unpaired(a, b, Placement.MARGIN).p());
      needed =
          RunsNeeded.more(
              Math.min(a.length, b.length),
              RunsNeeded.corrected(family)
                  .toDecideTwoArms(sd(a, b), test.statistic(), Placement.MARGIN));
    }
    return new EdgeComparison(
        first.label(),
        second.label(),
        test.statistic(),
        low,
        high,
        test.p(),
        test.p(),
        EffectSize.a12(a, b),
        equivalence,
        Verdict.UNDECIDED,
        needed);
  }

  /** The edge index with the interval that tables show beside it. */
  private static Estimate edgeIndex(ConditionMaps of) {
    EdgeBias bias = of.placement().orElseThrow().bias();
    double low = bias.ciLow().orElseThrow();
    double high = bias.ciHigh().orElseThrow();
    return new Estimate(bias.edgeIndex(), new Interval(low, high, LEVEL));
  }

  /** Pooled standard deviation of both arms: the root of their mean variance. */
  private static double sd(double[] a, double[] b) {
    double first = Summary.of(a).sd().orElse(0);
    double second = Summary.of(b).sd().orElse(0);
    return Math.sqrt((first * first + second * second) / 2);
  }

  private EdgeComparison judged(double corrected) {
    Verdict judged = Verdict.of(corrected, pEquivalence.orElse(1), BiasDecision.ALPHA);
    return new EdgeComparison(
        a,
        b,
        delta,
        ciLow,
        ciHigh,
        p,
        corrected,
        a12,
        pEquivalence,
        judged,
        judged == Verdict.UNDECIDED ? runsNeeded : OptionalLong.empty());
  }

  /** The verdict in words: different, equivalent within the margin, or undecided. */
  public String inWords() {
    return switch (verdict) {
      case SUPPORTED -> "different";
      case NO_EFFECT -> "equivalent";
      default -> "undecided";
    };
  }
}
