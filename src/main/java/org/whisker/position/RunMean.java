package org.whisker.position;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;
import org.whisker.stats.StudentInterval;
import org.whisker.stats.Summary;

/**
 * A mean over runs with its 95 % interval.
 *
 * @param low of the interval (not clipped to the range of the quantity); empty for a single run
 * @param high likewise
 */
record RunMean(double mean, OptionalDouble low, OptionalDouble high) {
  private static final double LEVEL = 0.95;

  /** From this number on, resampling is slow and the bootstrap-t hardly differs from Student's. */
  private static final int MANY_RUNS = 1_000;

  /** By the bootstrap, or Student's from {@value #MANY_RUNS} runs on. */
  static RunMean of(double[] perRun, RandomGenerator random) {
    if (perRun.length < 2 || perRun.length >= MANY_RUNS) {
      return student(perRun);
    }
    return of(perRun, Bootstrap.standard().mean(perRun, random));
  }

  /** By Student's interval, whatever the number of runs. */
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
