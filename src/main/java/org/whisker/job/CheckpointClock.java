package org.whisker.job;

import java.util.function.LongSupplier;

/** When a long task keeps what it has: at most once a minute. For one thread. */
public final class CheckpointClock {
  /** The usual time between checkpoints. */
  public static final double SECONDS = 60;

  private final long between;
  private final LongSupplier nanoTime;
  private long last;

  public CheckpointClock() {
    this(SECONDS, System::nanoTime);
  }

  /**
   * Begins to count.
   *
   * @param seconds between checkpoints, at least 0
   * @param nanoTime as {@link System#nanoTime}
   */
  public CheckpointClock(double seconds, LongSupplier nanoTime) {
    this.between = (long) (seconds * 1e9);
    this.nanoTime = nanoTime;
    kept();
  }

  /** Whether so much time has passed since the last checkpoint. */
  public boolean isDue() {
    return nanoTime.getAsLong() - last >= between;
  }

  /** Notes that there is a checkpoint of now. */
  public void kept() {
    last = nanoTime.getAsLong();
  }
}
