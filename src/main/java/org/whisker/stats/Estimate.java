package org.whisker.stats;

/** An estimated quantity with its confidence interval. */
public record Estimate(double value, Interval interval) {
  public Estimate {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("an estimate is finite, was " + value);
    }
  }
}
