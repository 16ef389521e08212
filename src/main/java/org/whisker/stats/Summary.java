package org.whisker.stats;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A sample in six numbers.
 *
 * @param n how many values, at least 1
 * @param sd the sample standard deviation (with denominator n − 1); empty for a single value
 * @param median the middle value, or the mean of the two in the middle
 */
public record Summary(
    int n, double mean, OptionalDouble sd, double median, double min, double max) {
  public Summary {
    if (n < 1 || sd.isPresent() != n > 1) {
      throw new IllegalArgumentException(
          "a summary has n of at least 1 and an sd from 2 on, was n " + n + ", sd " + sd);
    }
    if (!(min <= median && median <= max)) {
      throw new IllegalArgumentException(
          "a median lies within its range, was " + median + " of " + min + " to " + max);
    }
  }

  /** Summarises at least one value, all finite. */
  public static Summary of(double... values) {
    double[] sorted = Samples.checked("summary", values, 1).clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    OptionalDouble sd =
        n > 1 ? OptionalDouble.of(Math.sqrt(Samples.variance(sorted))) : OptionalDouble.empty();
    double median = sorted[(n - 1) / 2] / 2 + sorted[n / 2] / 2;
    return new Summary(n, Samples.mean(sorted), sd, median, sorted[0], sorted[n - 1]);
  }
}
