package org.whisker.saliency.faithfulness;

import org.whisker.saliency.SaliencyMap;

/** Complexity of a map: the entropy of the histogram of its values, in nats. */
final class HistogramEntropy {
  /** As in Hedström et al. (2024, arXiv:2405.02383). */
  private static final int BINS = 100;

  private HistogramEntropy() {}

  /** With 100 equal bins from the least to the greatest value; 0 for a constant map. */
  static double of(SaliencyMap map) {
    float[] values = map.values();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low == high) {
      return 0;
    }
    int[] counts = new int[BINS];
    for (float value : values) {
      counts[(int) Math.min(BINS - 1, (value - low) / (high - low) * BINS)]++;
    }
    double entropy = 0;
    for (int count : counts) {
      double share = (double) count / values.length;
      entropy -= count == 0 ? 0 : share * Math.log(share);
    }
    return entropy;
  }
}
