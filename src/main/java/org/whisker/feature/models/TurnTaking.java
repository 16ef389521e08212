package org.whisker.feature.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Two ways to score the same pictures, in turn, in one process. */
final class TurnTaking {
  private static final double NANOS = 1e9;

  private TurnTaking() {}

  /** A pass over the pictures of a batch. */
  @FunctionalInterface
  interface Pass {
    /** Scores them, and says how many they were, at least 1. */
    int images();
  }

  /**
   * Measures. A first pass of each warms up and is not counted.
   *
   * @param blocks how many, of at least one pass each
   * @param blockSeconds how long a block of either lasts at least
   */
  static PairedRates measure(
      Pass reference, Pass compared, int blocks, double blockSeconds, LongSupplier nanoTime) {
    reference.images();
    compared.images();
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      first.add(rate(reference, blockSeconds, nanoTime));
      second.add(rate(compared, blockSeconds, nanoTime));
    }
    return new PairedRates(first, second);
  }

  private static double rate(Pass pass, double blockSeconds, LongSupplier nanoTime) {
    long began = nanoTime.getAsLong();
    long images = 0;
    double seconds = 0;
    while (seconds < blockSeconds || images == 0) {
      images += pass.images();
      seconds = Math.max(1, nanoTime.getAsLong() - began) / NANOS;
    }
    return images / seconds;
  }
}
