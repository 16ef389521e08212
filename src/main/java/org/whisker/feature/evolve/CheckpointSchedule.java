package org.whisker.feature.evolve;

import java.util.function.LongSupplier;

/**
 * When the next checkpoint is due: after so many generations or so much time, whichever comes
 * first, but never so often that they take more than about a tenth of the time.
 */
final class CheckpointSchedule {
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
