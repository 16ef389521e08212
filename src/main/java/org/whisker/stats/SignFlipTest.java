package org.whisker.stats;

import java.util.random.RandomGenerator;
import org.whisker.stats.TestResult.Alternative;

/**
 * The sign-flip permutation test of a mean (Fisher, 1935): under the null hypothesis the deviations
 * from the mean are symmetric about 0, so every choice of signs is equally likely. All 2^n choices
 * are evaluated for up to 16 values, otherwise a random sample. The smallest two-sided p is 2 /
 * 2^n: six runs are the fewest that can reach 0.05.
 *
 * <p>Runs that are not symmetric about their mean violate that assumption. Simulated at level 0.05
 * with 6 to 30 runs, two-sided tests of edge indices reject 3–6 %, of Beta(5, 1) up to 7.5 %;
 * one-sided ones of Beta(5, 1) up to 10 %, so prefer two-sided tests.
 */
public final class SignFlipTest {
  private static final int MOST_EXACT = 16;
  private static final double ROUNDING = 1e-12;

  private SignFlipTest() {}

  /**
   * The smallest two-sided p that so many values can have, 2 / 2^n; they have it if all lie on the
   * same side of the null.
   */
  public static double smallestP(int values) {
    return Math.min(1, Math.scalb(2.0, -values));
  }

  /** Whether two-sided p of so many values is as small as it can be, so that only more help. */
  public static boolean isSmallest(double p, int values) {
    return values <= MOST_EXACT && Math.abs(p - smallestP(values)) <= ROUNDING;
  }

  /**
   * Tests that the mean is {@code mu0}; the statistic is mean − mu0.
   *
   * @param runs at least one value
   * @param draws how many sign choices to draw when there are more than 16 values
   */
  public static TestResult of(
      double[] runs, double mu0, Alternative alternative, int draws, RandomGenerator random) {
    TestResult.checkedDraws(draws);
    double[] x =
        Samples.checked("sign-flip test", Samples.minus(Samples.checked("x", runs, 1), mu0), 1);
    double sum = 0;
    double size = 0;
    for (double value : x) {
      sum += value;
      size += Math.abs(value);
    }
    double mean = sum / x.length;
    double rounding = ROUNDING * size;
    if (x.length <= MOST_EXACT) {
      long all = 1L << x.length;
      return TestResult.exact(mean, countAll(x, sum, alternative, rounding), all);
    }
    return TestResult.sampled(
        mean, countDrawn(x, sum, alternative, rounding, draws, random), draws);
  }

  private static long countAll(
      double[] x, double observed, Alternative alternative, double rounding) {
    long extreme = 0;
    for (long signs = 0; signs < 1L << x.length; signs++) {
      if (alternative.asExtreme(flipped(x, signs, 0, x.length), observed, rounding)) {
        extreme++;
      }
    }
    return extreme;
  }

  private static long countDrawn(
      double[] x,
      double observed,
      Alternative alternative,
      double rounding,
      int draws,
      RandomGenerator random) {
    long extreme = 0;
    for (int draw = 0; draw < draws; draw++) {
      double sum = 0;
      for (int from = 0; from < x.length; from += Long.SIZE) {
        sum += flipped(x, random.nextLong(), from, Math.min(x.length, from + Long.SIZE));
      }
      if (alternative.asExtreme(sum, observed, rounding)) {
        extreme++;
      }
    }
    return extreme;
  }

  /** The sum of x[from] to x[to − 1], negated where the bit of {@code signs} is set. */
  private static double flipped(double[] x, long signs, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (1 - 2 * (signs >>> (i - from) & 1)) * x[i]; // half of all branches would be missed
    }
    return sum;
  }
}
