package org.whisker.job;

import java.util.function.LongSupplier;

/** Time that passes, on top of what had passed before. */
public final class Stopwatch {
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
