package org.whisker.stats;

/** An estimated quantity with its confidence interval. */
public record Estimate(double value, Interval interval) {
  public Estimate {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("an estimate is finite, was " + value);
    }
  }

  /**
   * This less another, independent estimate of the same level: each end of the interval lies as far
   * from the difference as the two ends that make it lie from their estimates, in squares (Zou and
   * Donner, 2008, doi:10.1002/sim.3095; of proportions it is Newcombe's hybrid score interval). Of
   * two intervals within 0 to 1 it lies within −1 to 1.
   *
   * @throws IllegalArgumentException if the levels differ
   */
  public Estimate minus(Estimate other) {
    if (interval.level() != other.interval.level()) {
      throw new IllegalArgumentException(
          "levels differ: " + interval.level() + " and " + other.interval.level());
    }
    double difference = value - other.value;
    double down = Math.hypot(value - interval.low(), other.interval.high() - other.value);
    double up = Math.hypot(interval.high() - value, other.value - other.interval.low());
    return new Estimate(
        difference, new Interval(difference - down, difference + up, interval.level()));
  }
}
