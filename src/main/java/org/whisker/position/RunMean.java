package org.whisker.position;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Estimate.StudentInterval;
import org.whisker.stats.Samples.Summary;

/**
 * A mean over runs with its 95 % interval.
 *
 * @param low of the interval; empty for a single run
 * @param high likewise
 */
record RunMean(double mean, OptionalDouble low, OptionalDouble high) {
  private static final double LEVEL = 0.95;

  /** From this number on, resampling is slow and the bootstrap-t hardly differs from Student's. */
  private static final int MANY_RUNS = 1_000;

  /**
   * Of values from 0 to 1: an interval that stays there and reckons with runs of another kind that
   * happened not to be drawn ({@link BoundedInterval}), or Student's from {@value #MANY_RUNS} runs
   * on.
   */
  static RunMean ofShares(double[] perRun, RandomGenerator random) {
    if (perRun.length < 2 || perRun.length >= MANY_RUNS) {
      return student(perRun);
    }
    return of(perRun, BoundedInterval.ofShares().mean(perRun, random));
  }

  /** By the bootstrap, or Student's from {@value #MANY_RUNS} runs on; not clipped to any range. */
  static RunMean of(double[] perRun, RandomGenerator random) {
    if (perRun.length < 2 || perRun.length >= MANY_RUNS) {
      return student(perRun);
    }
    return of(perRun, Bootstrap.standard().mean(perRun, random));
  }

  /** The mean with Student's interval, whatever the number of runs. */
  static RunMean student(double[] perRun) {
    if (perRun.length < 2) {
      double mean = Summary.of(perRun).mean();
      return new RunMean(mean, OptionalDouble.empty(), OptionalDouble.empty());
    }
    return of(perRun, StudentInterval.mean(perRun, LEVEL));
  }

  private static RunMean of(double[] perRun, Interval interval) {
    return new RunMean(
        Summary.of(perRun).mean(),
        OptionalDouble.of(interval.low()),
        OptionalDouble.of(interval.high()));
  }
}
