package org.whisker.feature.evolve;

import java.util.function.LongSupplier;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Stopwatch;

/**
 * The clock that evolution must not look at, and when checkpoints are due by it.
 *
 * @param generations between checkpoints, at least 1
 * @param seconds between checkpoints, where that is sooner; 0 to 1e9
 * @param nanoTime as {@link System#nanoTime}
 */
public record RunTiming(int generations, double seconds, LongSupplier nanoTime) {
  public RunTiming {
    InvalidRequestException.refuse(
        generations < 1, "--checkpoint-every must be at least 1, was " + generations);
    InvalidRequestException.refuse(
        !(seconds >= 0 && seconds <= 1e9), "--checkpoint-seconds must be 0 to 1e9, was " + seconds);
  }

  /** A checkpoint every 100 generations or 30 seconds. */
  public static RunTiming standard() {
    return new RunTiming(100, 30, System::nanoTime);
  }

  Stopwatch watch(long before) {
    return new Stopwatch(nanoTime, before);
  }

  CheckpointSchedule schedule() {
    return new CheckpointSchedule(generations, seconds, nanoTime);
  }
}
