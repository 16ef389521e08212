package org.whisker.feature.models;

import java.util.ArrayList;
import java.util.List;

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
}
