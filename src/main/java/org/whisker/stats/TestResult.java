package org.whisker.stats;

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
    if (!Double.isFinite(statistic)) {
      throw new IllegalArgumentException("a test's statistic is finite, was " + statistic);
    }
    if (!(p > 0 && p <= 1)) {
      throw new IllegalArgumentException("p must be above 0 and at most 1, was " + p);
    }
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
    if (draws < 1) {
      throw new IllegalArgumentException("a sampled test needs at least 1 draw, was " + draws);
    }
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
}
