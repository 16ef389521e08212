package org.whisker.stats;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.TDistribution;
import org.whisker.stats.Correlation.Ranks;
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
    double[] ranks = Ranks.of(joined);
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

  /**
   * How much of a bias an intervention removes: (treated − control) / (null − control), a ratio of
   * means over pairs of runs. 1 removes all of it, 0 none, below 0 it grew, above 1 it turned to
   * the other side. The interval is Fieller's (1954) for a ratio of two correlated means, exact for
   * normal values.
   */
  public static final class ShareRemoved {
    private ShareRemoved() {}

    /**
     * The share, with its interval.
     *
     * @param control at least two values
     * @param treated the value of each pair under the intervention
     * @param none value of the statistic where there is no bias, such as ½
     * @param level nominal coverage, such as 0.95
     * @return empty where Student's interval of the control's mean, at this level, holds {@code
     *     none}: there is then no bias to take a share of, and Fieller's interval has no ends
     */
    public static Optional<Estimate> of(
        double[] control, double[] treated, double none, double level) {
      Samples.checkedProbability("level", level);
      double[] change =
          Samples.differences(
              Samples.checked("treated", treated, 2), Samples.checked("control", control, 2));
      double[] bias = Samples.minus(control, none);
      for (int i = 0; i < bias.length; i++) {
        bias[i] = -bias[i];
      }
      return ratio(change, bias, level);
    }

    private static Optional<Estimate> ratio(double[] above, double[] below, double level) {
      int n = above.length;
      double t = new TDistribution(n - 1.0).inverseCumulativeProbability((1 + level) / 2);
      double scale = t * t / n;
      double a = Samples.mean(above);
      double b = Samples.mean(below);
      double square = b * b - scale * Samples.covariance(below, below);
      if (square <= 0) {
        return Optional.empty();
      }
      double middle = a * b - scale * Samples.covariance(above, below);
      double constant = a * a - scale * Samples.covariance(above, above);
      double root = Math.sqrt(Math.max(0, middle * middle - square * constant));
      // up to rounding, the share itself solves the inequality
      double share = a / b;
      double low = Math.min(share, (middle - root) / square);
      double high = Math.max(share, (middle + root) / square);
      return Optional.of(new Estimate(share, new Interval(low, high, level)));
    }
  }
}
