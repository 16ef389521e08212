package org.whisker.position;

import java.util.function.IntToDoubleFunction;

/** How far a map strays from the null's mean, in pointwise half-widths of that side: 1 is on it. */
final class EnvelopeDistance {
  private final double[] low;
  private final double[] mean;
  private final double[] high;

  EnvelopeDistance(double[] low, double[] mean, double[] high) {
    this.low = low;
    this.mean = mean;
    this.high = high;
  }

  /** The farthest of all pixels; at least 0. */
  double farthest(IntToDoubleFunction valueAt) {
    double farthest = 0;
    for (int pixel = 0; pixel < mean.length; pixel++) {
      farthest = Math.max(farthest, of(pixel, valueAt.applyAsDouble(pixel)));
    }
    return farthest;
  }

  private double of(int pixel, double value) {
    double away = value - mean[pixel];
    double half = away > 0 ? high[pixel] - mean[pixel] : mean[pixel] - low[pixel];
    // where the null hardly varies there is nothing to measure by
    return half > 0 ? Math.abs(away) / half : 0;
  }
}
