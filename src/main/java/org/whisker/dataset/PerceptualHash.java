package org.whisker.dataset;

import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;

/**
 * What a photo looks like from afar: 16x16 gray values, centred and of length 1. Two hashes of one
 * photo, saved anew or resized, have a correlation near 1; two photos of the same kind do not.
 */
public final class PerceptualHash {
  /** From this correlation on, two photos are taken for one. */
  public static final double NEAR = 0.99;

  private static final Canvas SIZE = Canvas.square(16);
  private static final int MOST_SIGNS = 48; // a correlation of 0.99 turns about 12 of the 256
  private static final double FLAT = 1e-3;

  private final float[] values;
  private final long[] signs = new long[SIZE.pixels() / Long.SIZE];
  private final boolean flat;

  private PerceptualHash(float[] values, boolean flat) {
    this.values = values;
    this.flat = flat;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        signs[i / Long.SIZE] |= 1L << i;
      }
    }
  }

  /** The hash of a photo of any size and shape, which is squeezed to a square first. */
  public static PerceptualHash of(GrayImage photo) {
    float[] values = Resample.resize(photo, SIZE).values().clone();
    double mean = 0;
    for (float value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    boolean flat = Math.sqrt(squares / values.length) < FLAT;
    for (int i = 0; i < values.length; i++) {
      values[i] = flat ? 0 : (float) ((values[i] - mean) / Math.sqrt(squares));
    }
    return new PerceptualHash(values, flat);
  }

  /** Whether it has no more structure than noise: it then resembles nothing. */
  public boolean isFlat() {
    return flat;
  }

  /** Whether both are probably of one photo, saved anew or resized. */
  public boolean near(PerceptualHash other) {
    return !flat && !other.flat && signsApart(other) <= MOST_SIGNS && correlation(other) >= NEAR;
  }

  private int signsApart(PerceptualHash other) {
    int apart = 0;
    for (int i = 0; i < signs.length; i++) {
      apart += Long.bitCount(signs[i] ^ other.signs[i]);
    }
    return apart;
  }

  /** Pearson's correlation of the two small pictures, -1 to 1; 0 if one of them is flat. */
  public double correlation(PerceptualHash other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * other.values[i];
    }
    return sum;
  }
}
