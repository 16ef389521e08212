package org.whisker.stats;

import java.util.Arrays;

/** Values that are equal but for rounding, made equal, since ranks tell them apart otherwise. */
public final class Ties {
  /** Float32 arithmetic over a network leaves about this, relative to what it sums. */
  public static final double FLOAT_ROUNDING = 1e-6;

  private Ties() {}

  /**
   * The rounding of differences from a baseline, in their unit: a difference that is no larger says
   * nothing, not even by its sign.
   */
  public static double rounding(double baseline, double[] differences) {
    double largest = Math.abs(baseline);
    for (double difference : differences) {
      largest = Math.max(largest, Math.abs(difference + baseline));
    }
    return FLOAT_ROUNDING * largest;
  }

  /** Whether values differ by no more than the rounding of float32 arithmetic. */
  public static boolean isConstant(double[] values) {
    double least = Arrays.stream(values).min().orElse(0);
    double most = Arrays.stream(values).max().orElse(0);
    return most - least <= FLOAT_ROUNDING * Math.max(Math.abs(least), Math.abs(most));
  }

  /**
   * Each value at the nearest whole number of steps from the median: values that all lie within
   * half a step of it become one.
   *
   * @param step at least 0; 0 leaves the values as they are
   * @param values finite
   */
  public static double[] at(double step, double[] values) {
    if (!(step >= 0)) {
      throw new IllegalArgumentException("a step must be at least 0, was " + step);
    }
    if (step == 0 || values.length == 0) {
      return values.clone();
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2] + 0.0; // not -0.0, which is another value to sorting
    return Arrays.stream(values)
        .map(value -> median + step * Math.rint((value - median) / step))
        .toArray();
  }
}
