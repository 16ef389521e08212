package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.distribution.continuous.BetaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;

class BoundedIntervalTest {
  private static final int SAMPLES = 400;
  private static final BoundedInterval SHARES = BoundedInterval.ofShares();
  private final SplitMix64 random = new SplitMix64(41);

  /** 400 experiments: a coverage of 95 % is seen as 92 % or more nearly always. */
  @ParameterizedTest
  @EnumSource(BoundedData.class)
  void coversAnyRunsWithKnownEnds(BoundedData data) {
    for (int n : IntervalCoverage.SIZES) {
      double coverage =
          IntervalCoverage.Cell.of(IntervalCandidate.BOUNDED, data, n, SAMPLES, random).coverage();
      assertTrue(coverage >= 0.915, data + " of " + n + ": " + coverage);
    }
  }

  /**
   * What made it necessary: an interval from the spread alone misses a cluster that it can't see.
   */
  @Test
  void intervalsFromTheSpreadAloneMissTheRarerCluster() {
    for (IntervalCandidate other :
        new IntervalCandidate[] {IntervalCandidate.STUDENT, IntervalCandidate.BOOTSTRAP_T}) {
      double coverage =
          IntervalCoverage.Cell.of(other, BoundedData.CLUSTERS_85, 8, SAMPLES, random).coverage();
      Simulated.assertWithin(0.65, 0.82, coverage);
    }
  }

  /** The tests look at the spread alone, too: the limits that docs/intervals.md states. */
  @Test
  void testsAtEightRunsClaimTooMuchOfTwoClusters() {
    IntervalCoverage.Errors errors =
        IntervalCoverage.Errors.of(BoundedData.CLUSTERS_85, 8, SAMPLES, random);
    double unseen = Math.pow(0.85, 8);
    Simulated.assertWithin(unseen - 0.08, unseen + 0.08, errors.signFlips());
    Simulated.assertWithin(unseen - 0.08, unseen + 0.08, errors.equivalence());
    IntervalCoverage.Errors ordinary =
        IntervalCoverage.Errors.of(BoundedData.EDGE_INDEX, 8, SAMPLES, random);
    Simulated.assertWithin(0.02, 0.09, ordinary.signFlips());
    Simulated.assertWithin(0.01, 0.09, ordinary.equivalence());
  }

  @Test
  void ordinaryRunsStillTellABias() {
    double[] runs = Simulated.normal(10, 0.3, 0.05, random);
    Interval interval = SHARES.mean(runs, random);
    assertTrue(interval.high() < 0.5 && interval.low() > 0.15, interval.toString());
    // of many runs it is about Student's
    double[] many = Simulated.sample(100, () -> 0.6 * random.nextDouble());
    double ratio =
        BoundedInterval.within(0, 1).mean(many, random).width()
            / Estimate.studentInterval(many, 0.95).width();
    Simulated.assertWithin(0.95, 1.2, ratio);
  }

  @Test
  void atTheEndsAloneItIsJeffreys() {
    // 3 of 10: the middle 95 % of Beta(3.5, 7.5)
    double[] runs = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    Interval interval = SHARES.mean(runs, random);
    BetaDistribution jeffreys = new BetaDistribution(3.5, 7.5);
    assertEquals(jeffreys.inverseCumulativeProbability(0.025), interval.low(), 0.01);
    assertEquals(jeffreys.inverseCumulativeProbability(0.975), interval.high(), 0.01);
  }

  @Test
  void staysWithinTheRangeAndHoldsTheMean() {
    Interval none = SHARES.mean(new double[6], random);
    assertEquals(0, none.low());
    Simulated.assertWithin(0.2, 0.4, none.high());
    Interval all = SHARES.mean(new double[] {1, 1, 1}, random);
    assertEquals(1, all.high());
    assertTrue(SHARES.mean(new double[] {0.3}, random).width() > 0.5);
    // a range that is shifted and stretched moves the interval with it
    Interval there =
        BoundedInterval.within(-1, 1).mean(new double[] {-0.4, 0.2, 0}, new SplitMix64(5));
    Interval here = SHARES.mean(new double[] {0.3, 0.6, 0.5}, new SplitMix64(5));
    assertEquals(2 * here.low() - 1, there.low(), 1e-12);
    assertEquals(2 * here.high() - 1, there.high(), 1e-12);
  }

  @Test
  void takesThePlaceOfAnIntervalThatLeavesTheRange() {
    BoundedInterval range = BoundedInterval.ofDifferences();
    double[] runs = {-1, -1, -0.9, -1, -1, -0.7};
    Interval outside = Bootstrap.standard().mean(runs, random);
    assertTrue(outside.low() < -1, outside.toString());
    Interval own = range.orOwn(outside, runs, new SplitMix64(5));
    assertEquals(range.mean(runs, new SplitMix64(5)), own);
    assertTrue(own.low() >= -1 && own.high() < 0, own.toString());
    // runs that are all alike do not show that no other is possible
    double[] alike = {-1, -1, -1, -1};
    assertTrue(range.orOwn(Bootstrap.standard().mean(alike, random), alike, random).high() > -0.9);
    double[] inside = {0.1, 0.3, 0.2, 0.25, 0.15};
    Interval kept = Bootstrap.standard().mean(inside, random);
    assertEquals(kept, range.orOwn(kept, inside, random));
  }

  @Test
  void roundingAtAnEndIsNoError() {
    double[] runs = {1 - 0.53, 0.4, -0.53};
    Interval interval = BoundedInterval.within(-0.53, -0.53 + 1).mean(runs, random);
    assertTrue(interval.low() >= -0.53 && interval.high() <= -0.53 + 1);
    assertEquals(1, SHARES.mean(new double[] {1 + 1e-12, 1}, random).high());
  }

  @Test
  void refusesWhatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> BoundedInterval.within(1, 1));
    assertThrows(IllegalArgumentException.class, () -> BoundedInterval.within(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new BoundedInterval(0, 1, 1, 999));
    assertThrows(IllegalArgumentException.class, () -> new BoundedInterval(0, 1, 0.9, 99));
    assertThrows(
        IllegalArgumentException.class, () -> SHARES.mean(new double[] {0.2, 1.1}, random));
    assertThrows(IllegalArgumentException.class, () -> SHARES.mean(new double[0], random));
  }
}
