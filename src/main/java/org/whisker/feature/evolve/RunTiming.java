package org.whisker.feature.evolve;

import java.util.function.LongSupplier;
import org.whisker.job.InvalidRequestException;

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

  /**
   * Decides when the next checkpoint is due: after so many generations or so much time, whichever
   * comes first, but never so often that they take more than about a tenth of the time.
   */
  static final class CheckpointSchedule {
    private static final int REST = 9; // times what the last one took

    private final int generations;
    private final long nanos;
    private final LongSupplier nanoTime;
    private int since;
    private long last;
    private long took;

    /**
     * @param generations at least 1
     * @param seconds at least 0
     */
    CheckpointSchedule(int generations, double seconds, LongSupplier nanoTime) {
      this.generations = generations;
      this.nanos = (long) (seconds * 1e9);
      this.nanoTime = nanoTime;
      this.last = nanoTime.getAsLong();
    }

    /** Counts a generation; whether a checkpoint is due after it. */
    boolean due() {
      since++;
      long passed = nanoTime.getAsLong() - last;
      return (since >= generations || passed >= nanos) && passed >= REST * took;
    }

    /** Takes the time of a checkpoint. */
    void began() {
      took = -nanoTime.getAsLong();
    }

    void ended() {
      last = nanoTime.getAsLong();
      took += last;
      since = 0;
    }
  }

  /** Time that passes, on top of what had passed before. */
  public static final class Stopwatch {
    private final LongSupplier nanoTime;
    private final long start;

    public Stopwatch(LongSupplier nanoTime, long before) {
      this.nanoTime = nanoTime;
      this.start = nanoTime.getAsLong() - before;
    }

    public long nanos() {
      return nanoTime.getAsLong() - start;
    }
  }
}
