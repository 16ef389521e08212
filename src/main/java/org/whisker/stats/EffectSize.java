package org.whisker.stats;

import java.util.random.RandomGenerator;
import org.whisker.stats.Estimate.Interval;

/** How large a difference between two arms is. */
public final class EffectSize {
  private EffectSize() {}

  /**
   * Vargha and Delaney's A12 (2000): the probability that a run of {@code a} is above a run of
   * {@code b}, ties counting half. 0.5 is no effect; they call 0.56, 0.64 and 0.71 small, medium
   * and large.
   */
  public static double a12(double[] a, double[] b) {
    Samples.checked("first arm", a, 1);
    Samples.checked("second arm", b, 1);
    double[] joined = new double[a.length + b.length];
    System.arraycopy(a, 0, joined, 0, a.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    double[] ranks = Correlation.ranksOf(joined);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ranks[i];
    }
    return (sum / a.length - (a.length + 1) / 2.0) / b.length;
  }

  /** The mean of a − b over at least two pairs, with its interval. */
  public static Estimate pairedDifference(
      double[] a, double[] b, Bootstrap bootstrap, RandomGenerator random) {
    double[] difference = Samples.differences(a, b);
    Interval interval = bootstrap.mean(difference, random);
    return new Estimate(Samples.mean(difference), interval);
  }
}
