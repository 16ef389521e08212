package org.whisker.stats;

/**
 * A confidence interval.
 *
 * @param level nominal coverage, such as 0.95
 */
public record Interval(double low, double high, double level) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval runs upwards, was " + low + " to " + high);
    }
    Samples.checkedProbability("level", level);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  public double width() {
    return high - low;
  }
}
