package org.whisker.stats;

import java.util.random.RandomGenerator;
import org.whisker.stats.TestResult.Alternative;

/**
 * Permutation tests of two arms; the statistic is the mean of {@code a} less the mean of {@code b}.
 */
public final class PermutationTest {
  private static final long MOST_EXACT = 50_000;
  private static final double ROUNDING = 1e-12;

  private PermutationTest() {}

  /** Pairs (same seeds in both arms): the sign-flip test of their differences a − b. */
  public static TestResult paired(
      double[] a, double[] b, Alternative alternative, int draws, RandomGenerator random) {
    return SignFlipTest.of(Samples.differences(a, b), 0, alternative, draws, random);
  }

  /**
   * Unpaired arms: every division of the pooled runs into arms of these sizes is equally likely if
   * both arms have the same distribution. All divisions are evaluated if there are at most 50,000,
   * otherwise a random sample. With unequal sizes, the test also rejects for arms that differ only
   * in spread.
   */
  public static TestResult unpaired(
      double[] a, double[] b, Alternative alternative, int draws, RandomGenerator random) {
    TestResult.checkedDraws(draws);
    Samples.checked("first arm", a, 1);
    Samples.checked("second arm", b, 1);
    Divisions divisions = new Divisions(a, b, alternative);
    double statistic = Samples.mean(a) - Samples.mean(b);
    long all = choose(a.length + b.length, a.length);
    if (all <= MOST_EXACT) {
      return TestResult.exact(statistic, divisions.countAll(0, a.length, 0), all);
    }
    return TestResult.sampled(statistic, divisions.countDrawn(draws, random), draws);
  }

  /** The smallest two-sided p that arms of these sizes can have, each with at least one run. */
  public static double smallestP(int a, int b) {
    return Math.min(1, 2.0 / choose(a + b, a));
  }

  /** n over k, or anything above MOST_EXACT when it is more than that. */
  private static long choose(int n, int k) {
    long ways = 1;
    int few = Math.min(k, n - k);
    for (int i = 1; i <= few && ways <= MOST_EXACT; i++) {
      ways = ways * (n - few + i) / i;
    }
    return ways;
  }

  /**
   * Values are centred on the pooled mean: the difference of means is then a fixed multiple of the
   * first arm's sum.
   */
  private static final class Divisions {
    private final double[] pooled;
    private final int first;
    private final double observed;
    private final double rounding;
    private final Alternative alternative;

    Divisions(double[] a, double[] b, Alternative alternative) {
      double[] joined = new double[a.length + b.length];
      System.arraycopy(a, 0, joined, 0, a.length);
      System.arraycopy(b, 0, joined, a.length, b.length);
      double size = 0;
      double sum = 0;
      pooled = Samples.minus(joined, Samples.mean(joined));
      for (int i = 0; i < joined.length; i++) {
        size += Math.abs(joined[i]);
        sum += i < a.length ? pooled[i] : 0;
      }
      this.first = a.length;
      this.observed = sum;
      this.rounding = ROUNDING * size;
      this.alternative = alternative;
    }

    /** Choices of {@code left} more values from {@code from} on, on top of {@code sum}. */
    long countAll(int from, int left, double sum) {
      if (left == 0) {
        return alternative.asExtreme(sum, observed, rounding) ? 1 : 0;
      }
      long extreme = 0;
      for (int i = from; i <= pooled.length - left; i++) {
        extreme += countAll(i + 1, left - 1, sum + pooled[i]);
      }
      return extreme;
    }

    long countDrawn(int draws, RandomGenerator random) {
      double[] shuffled = pooled.clone();
      long extreme = 0;
      for (int draw = 0; draw < draws; draw++) {
        double sum = 0;
        for (int i = 0; i < first; i++) {
          int j = i + random.nextInt(shuffled.length - i);
          double taken = shuffled[j];
          shuffled[j] = shuffled[i];
          shuffled[i] = taken;
          sum += taken;
        }
        extreme += alternative.asExtreme(sum, observed, rounding) ? 1 : 0;
      }
      return extreme;
    }
  }
}
