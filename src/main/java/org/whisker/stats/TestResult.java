package org.whisker.stats;

import java.util.Arrays;
import org.whisker.stats.Estimate.Interval;
import org.whisker.value.Checks;

/**
 * The outcome of a randomization test.
 *
 * @param statistic the observed statistic; 0 under the null hypothesis
 * @param p above 0, at most 1
 * @param exact whether all arrangements were evaluated, or a random sample of them
 * @param arrangements how many were evaluated, including the observed one
 */
public record TestResult(double statistic, double p, boolean exact, long arrangements) {
  public TestResult {
    Checks.require(Double.isFinite(statistic), "a test's statistic is finite, was %s", statistic);
    Checks.require(p > 0 && p <= 1, "p must be above 0 and at most 1, was %s", p);
  }

  /** All {@code arrangements}, of which {@code extreme} are as extreme as the observed one. */
  static TestResult exact(double statistic, long extreme, long arrangements) {
    return new TestResult(statistic, (double) extreme / arrangements, true, arrangements);
  }

  /** (b + 1) / (m + 1), since the observed arrangement is one of those possible. */
  static TestResult sampled(double statistic, long extreme, long drawn) {
    return new TestResult(statistic, (extreme + 1.0) / (drawn + 1.0), false, drawn + 1);
  }

  static int checkedDraws(int draws) {
    Checks.refuse(draws < 1, "a sampled test needs at least 1 draw, was %s", draws);
    return draws;
  }

  /** The alternative hypothesis of a test; the null hypothesis is that its statistic is 0. */
  public enum Alternative {
    /** Different from 0, in either direction. */
    TWO_SIDED,
    /** The statistic is above 0. */
    GREATER,
    /** The statistic is below 0. */
    LESS;

    /** Whether {@code value} is at least as extreme as {@code observed}, up to rounding. */
    boolean asExtreme(double value, double observed, double rounding) {
      return switch (this) {
        case TWO_SIDED -> Math.abs(value) >= Math.abs(observed) - rounding;
        case GREATER -> value >= observed - rounding;
        case LESS -> value <= observed + rounding;
      };
    }
  }

  /** A statistic against values of it that were drawn under the null hypothesis. */
  public static final class NullDistribution {
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
}
