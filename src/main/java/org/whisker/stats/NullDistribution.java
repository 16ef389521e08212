package org.whisker.stats;

import java.util.Arrays;
import org.whisker.stats.Estimate.Interval;

/** A statistic against values of it that were drawn under the null hypothesis. */
public final class NullDistribution {
  private static final double LEVEL = 0.95;
  private static final double TAIL = 0.025;
  private static final double ROUNDING = 1e-12;

  private NullDistribution() {}

  /**
   * The middle 95 % of the drawn values. With fewer than 79 it is their whole range, which then
   * holds a new value with a probability of (n − 1) / (n + 1).
   */
  public static Interval middle(double[] drawn) {
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    int cut = Math.max(0, (int) (TAIL * (sorted.length + 1)) - 1);
    return new Interval(sorted[cut], sorted[sorted.length - 1 - cut], LEVEL);
  }

  /** p that a drawn value is at most {@code observed}; the observed one counts as drawn. */
  public static double pAtMost(double[] drawn, double observed) {
    double rounding = ROUNDING * Math.max(1e-300, Math.abs(observed));
    long extreme = Arrays.stream(drawn).filter(value -> value <= observed + rounding).count();
    return (extreme + 1.0) / (drawn.length + 1.0);
  }

  /** p that a drawn value is at least {@code observed}; the observed one counts as drawn. */
  public static double pAtLeast(double[] drawn, double observed) {
    return pAtMost(Arrays.stream(drawn).map(value -> -value).toArray(), -observed);
  }

  /** Two-sided: twice the smaller tail, at most 1. */
  public static double p(double[] drawn, double observed) {
    return Math.min(1, 2 * Math.min(pAtMost(drawn, observed), pAtLeast(drawn, observed)));
  }
}
