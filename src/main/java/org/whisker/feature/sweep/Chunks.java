package org.whisker.feature.sweep;

import org.whisker.job.InvalidRequestException;

/**
 * How a sweep is dealt out to jobs of a scheduler, a shard each.
 *
 * @param count jobs, at least 1
 * @param seconds the seconds that one takes, as far as could be measured when it was planned
 */
public record Chunks(int count, double seconds) {
  /** Kubernetes limits failed indexes to so many. */
  private static final int MOST = 100_000;

  /** Shorter jobs would burden a scheduler more than they compute. */
  private static final double LEAST_SECONDS = 600;

  /**
   * Plans as many chunks as there can be of at least ten minutes.
   *
   * @param seconds the seconds of all tasks
   * @param tasks how many there are, at least 1
   * @param most jobs that the scheduler takes, at least 1
   */
  public static Chunks of(double seconds, long tasks, int most) {
    InvalidRequestException.refuse(tasks < 1, "the sweep has no tasks");
    InvalidRequestException.refuse(
        most < 1 || most > MOST, "--max-jobs is 1 to 100000, was " + most);
    double wanted = Math.floor(seconds / LEAST_SECONDS);
    int count = (int) Math.max(1, Math.min(Math.min(wanted, (double) tasks), most));
    return new Chunks(count, seconds / count);
  }
}
