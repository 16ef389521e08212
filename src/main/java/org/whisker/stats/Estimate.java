package org.whisker.stats;

import java.util.List;
import org.whisker.stats.Samples.MeanContrast;
import org.whisker.value.Checks;

/** An estimated quantity with its confidence interval. */
public record Estimate(double value, Interval interval) {
  public Estimate {
    Checks.require(Double.isFinite(value), "an estimate is finite, was %s", value);
  }

  /**
   * Subtracts another, independent estimate of the same level: each end of the interval lies as far
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

  /**
   * A confidence interval.
   *
   * @param level nominal coverage, such as 0.95
   */
  public record Interval(double low, double high, double level) {
    public Interval {
      Checks.require(low <= high, "an interval runs upwards, was %s to %s", low, high);
      Samples.checkedProbability("level", level);
    }

    public boolean contains(double value) {
      return low <= value && value <= high;
    }

    public double width() {
      return high - low;
    }
  }

  /**
   * Student's interval of a mean over runs. Used for many runs, where {@link Bootstrap} agrees with
   * it but is slow, and for tables of very many means, where it is accurate enough.
   *
   * <p>The mean of at least two runs.
   *
   * @param level nominal coverage, such as 0.95
   */
  public static Interval studentInterval(double[] runs, double level) {
    Samples.checked("interval", runs, 2);
    Samples.checkedProbability("level", level);
    MeanContrast mean = MeanContrast.of(List.of(runs), 1);
    double half = mean.error() == 0 ? 0 : mean.studentQuantile(level) * mean.error();
    return new Interval(mean.estimate() - half, mean.estimate() + half, level);
  }
}
