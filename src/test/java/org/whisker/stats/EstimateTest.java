package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;

class EstimateTest {
  private final SplitMix64 random = new SplitMix64(3);

  private static Estimate of(double value, double low, double high) {
    return new Estimate(value, new Interval(low, high, 0.95));
  }

  /** Newcombe (1998), table II, method 10: 56/70 less 48/80, by Wilson's intervals. */
  @Test
  void isNewcombesIntervalOfProportions() {
    Interval first = ShareInterval.of(56, 70, 0.95);
    Interval second = ShareInterval.of(48, 80, 0.95);
    Estimate difference = new Estimate(0.8, first).minus(new Estimate(0.6, second));
    assertEquals(0.2, difference.value(), 1e-12);
    assertEquals(0.0524, difference.interval().low(), 5e-5);
    assertEquals(0.3339, difference.interval().high(), 5e-5);
  }

  @Test
  void neverLeavesWhatIsPossible() {
    Interval widest = of(1, 0, 1).minus(of(0, 0, 1)).interval();
    assertEquals(1, widest.high());
    assertEquals(1 - Math.sqrt(2), widest.low(), 1e-12);
    assertThrows(
        IllegalArgumentException.class,
        () -> of(0, 0, 1).minus(new Estimate(0, new Interval(0, 1, 0.9))));
  }

  private double[] draw(int n, DoubleSupplier one) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = one.getAsDouble();
    }
    return values;
  }

  /**
   * Two clusters, of which one is often not seen: what the bootstrap-t misses every fourth time.
   */
  @Test
  void coversADifferenceOfArmsWithTwoClusters() {
    BoundedInterval shares = new BoundedInterval(0, 1, 0.95, 399);
    int experiments = 400;
    int covered = 0;
    int bootstrap = 0;
    double truth = 0.85 * 0.1 + 0.15 * 0.6 - 0.5;
    for (int i = 0; i < experiments; i++) {
      double[] a = draw(8, () -> random.nextDouble() < 0.85 ? 0.1 : 0.6);
      double[] b = draw(8, () -> 0.5 + 0.02 * (random.nextDouble() - 0.5));
      Estimate first = new Estimate(Summary.of(a).mean(), shares.mean(a, random));
      Estimate second = new Estimate(Summary.of(b).mean(), shares.mean(b, random));
      covered += holds(first.minus(second).interval(), truth) ? 1 : 0;
      bootstrap += holds(new Bootstrap(0.95, 399).difference(a, b, random), truth) ? 1 : 0;
    }
    assertTrue(covered >= 0.93 * experiments, "" + covered);
    assertTrue(bootstrap < 0.85 * experiments, "" + bootstrap);
  }

  private static boolean holds(Interval interval, double value) {
    return interval.low() <= value && value <= interval.high();
  }
}
