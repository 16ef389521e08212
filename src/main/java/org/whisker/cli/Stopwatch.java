package org.whisker.cli;

import java.util.function.LongSupplier;

/** Time that passes, on top of what had passed before. */
final class Stopwatch {
  private final LongSupplier nanoTime;
  private final long start;

  Stopwatch(LongSupplier nanoTime, long before) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong() - before;
  }

  long nanos() {
    return nanoTime.getAsLong() - start;
  }
}
