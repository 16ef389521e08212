package org.whisker.image;

/**
 * The triangle filter's weights along one axis: output i reads inputs from start[i] on, with
 * weights[offset[i]] up to weights[offset[i + 1] - 1].
 */
final class ResamplingWeights {
  private static final double SLACK = 1e-6;

  final int[] start;
  final int[] offset;
  final float[] weights;

  /**
   * From {@code inSize} inputs, those from {@code from} over {@code length}, to {@code outSize}.
   */
  ResamplingWeights(String side, int inSize, double from, double length, int outSize) {
    if (!(from >= -SLACK && from + length <= inSize + SLACK)) {
      throw new IllegalArgumentException(
          "box leaves the image: " + from + " to " + (from + length) + ", " + side + " " + inSize);
    }
    double scale = length / outSize;
    double reach = Math.max(1, scale);
    start = new int[outSize];
    offset = new int[outSize + 1];
    weights = new float[outSize * ((int) Math.ceil(reach) * 2 + 1)];
    for (int i = 0; i < outSize; i++) {
      double center = from + (i + 0.5) * scale;
      int low = Math.max(0, (int) (center - reach + 0.5));
      int high = Math.min(inSize, (int) (center + reach + 0.5));
      start[i] = low;
      offset[i + 1] = offset[i] + high - low;
      triangle(center, reach, low, high, offset[i]);
    }
  }

  private void triangle(double center, double reach, int low, int high, int at) {
    double sum = 0;
    for (int i = low; i < high; i++) {
      sum += height(i, center, reach);
    }
    for (int i = low; i < high; i++) {
      weights[at + i - low] = (float) (height(i, center, reach) / sum);
    }
  }

  private static double height(int pixel, double center, double reach) {
    return Math.max(0, 1 - Math.abs(pixel + 0.5 - center) / reach);
  }

  int count() {
    return start.length;
  }

  /** The first input that is read. */
  int least() {
    return start[0];
  }

  /** One past the last input that is read. */
  int most() {
    int last = count() - 1;
    return start[last] + offset[last + 1] - offset[last];
  }
}
