package org.whisker.feature.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Images a second of two ways to score, block by block; both of a block were measured in turn.
 *
 * @param reference what {@code compared} is divided by
 */
public record PairedRates(List<Double> reference, List<Double> compared) {
  public PairedRates {
    reference = List.copyOf(reference);
    compared = List.copyOf(compared);
    if (reference.isEmpty() || reference.size() != compared.size()) {
      throw new IllegalArgumentException(
          "blocks come in pairs, were " + reference.size() + " and " + compared.size());
    }
  }

  /** The one by the other, pair by pair. */
  public List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < reference.size(); i++) {
      ratios.add(compared.get(i) / reference.get(i));
    }
    return ratios;
  }

  public double medianRatio() {
    return median(ratios());
  }

  public double leastRatio() {
    return ratios().stream().mapToDouble(r -> r).min().orElseThrow();
  }

  public double greatestRatio() {
    return ratios().stream().mapToDouble(r -> r).max().orElseThrow();
  }

  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Two ways to score the same pictures, in turn, in one process. */
  static final class TurnTaking {
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
}
