package org.whisker.network;

/**
 * A width multiplier: the fraction of the published network's channels.
 *
 * @param factor 1 for the published network; below 1, channels are rounded to a multiple of 8
 */
record Width(double factor) {
  private static final int STEP = 8;

  Width {
    if (!(factor > 0 && factor <= 4)) {
      throw new IllegalArgumentException("width must be above 0 and at most 4, was " + factor);
    }
  }

  /**
   * As published for MobileNet v2: rounded to the nearest multiple of 8, but never down by more
   * than a tenth, also at full width.
   */
  int nearest(int channels) {
    double wanted = channels * factor;
    int rounded = Math.max(STEP, (int) (wanted + STEP / 2.0) / STEP * STEP);
    return rounded < 0.9 * wanted ? rounded + STEP : rounded;
  }

  int of(int channels) {
    if (factor == 1) {
      return channels;
    }
    return Math.max(STEP, Math.toIntExact(Math.round(channels * factor / STEP)) * STEP);
  }
}
