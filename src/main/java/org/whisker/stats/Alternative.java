package org.whisker.stats;

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
