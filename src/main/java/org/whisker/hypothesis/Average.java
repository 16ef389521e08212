package org.whisker.hypothesis;

import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.whisker.ablation.Measure;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate.Interval;

/**
 * A mean over runs with its 95 % interval.
 *
 * @param mean empty if no run has a value
 * @param low lower end of the interval; empty below two values
 * @param high upper end
 */
record Average(OptionalDouble mean, OptionalDouble low, OptionalDouble high) {
  /** Of any values, by the bootstrap. */
  static Average of(double[] values, RandomGenerator random) {
    return of(values, random, Bootstrap.standard()::mean);
  }

  /** Of values of a measure, within what these can be. */
  static Average of(double[] values, Measure measure, RandomGenerator random) {
    return of(values, random, measure::interval);
  }

  private static Average of(
      double[] values,
      RandomGenerator random,
      BiFunction<double[], RandomGenerator, Interval> interval) {
    OptionalDouble mean = DoubleStream.of(values).average();
    if (values.length < 2) {
      return new Average(mean, OptionalDouble.empty(), OptionalDouble.empty());
    }
    Interval range = interval.apply(values, random);
    return new Average(mean, OptionalDouble.of(range.low()), OptionalDouble.of(range.high()));
  }
}
