package org.whisker.stats;

import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Spearman's rho of pairs that are independent of each other, such as two measures of networks,
 * with its interval and permutation test.
 *
 * <p>The interval is that of Fisher's transform with the variance of Bonett and Wright (2000), (1 +
 * rho² / 2) / (n − 3): its coverage for some twenty to forty pairs is in {@code docs/intervals.md}.
 * A perfect order is taken for one that is half a swap of two neighbours less than perfect, so that
 * its interval is not a point.
 *
 * @param rho −1 to 1
 * @param interval 95 %; from −1 to 1 for fewer than four pairs
 * @param test two-sided: one side is permuted at random
 */
public record RankCorrelation(double rho, Interval interval, TestResult test) {
  private static final double LEVEL = 0.95;
  private static final int FEWEST = 4;
  private static final double ROUNDING = 1e-12;

  /**
   * Measures it.
   *
   * @param draws permutations
   * @throws IllegalArgumentException if there are fewer than two pairs, or one side is constant
   */
  public static RankCorrelation of(double[] x, double[] y, int draws, RandomGenerator random) {
    TestResult.checkedDraws(draws);
    double rho = Correlation.spearman(x, y);
    double[] shuffled = y.clone();
    long extreme = 0;
    for (int draw = 0; draw < draws; draw++) {
      Samples.shuffle(shuffled, random);
      extreme += Math.abs(Correlation.spearman(x, shuffled)) >= Math.abs(rho) - ROUNDING ? 1 : 0;
    }
    return new RankCorrelation(
        rho, interval(rho, x.length), TestResult.sampled(rho, extreme, draws));
  }

  static Interval interval(double rho, int n) {
    if (n < FEWEST) {
      return new Interval(-1, 1, LEVEL);
    }
    double most = 1 - 6 / (n * ((double) n * n - 1)); // a swap of neighbours costs twice that
    double z = atanh(Math.max(-most, Math.min(most, rho)));
    double error = Math.sqrt((1 + rho * rho / 2) / (n - 3));
    double half = new NormalDistribution().inverseCumulativeProbability((1 + LEVEL) / 2) * error;
    return new Interval(
        Math.min(rho, Math.tanh(z - half)), Math.max(rho, Math.tanh(z + half)), LEVEL);
  }

  private static double atanh(double r) {
    return Math.log((1 + r) / (1 - r)) / 2;
  }
}
