package org.whisker.image;

import org.whisker.value.Checks;

/**
 * Antialiased bilinear resizing: a triangle filter, as wide as one output pixel when shrinking and
 * one input pixel when enlarging, horizontal pass first. The same filter, weights and bounds as
 * Pillow's {@code resize(..., BILINEAR, box)} on float images (mode F).
 */
public final class Resample {
  private Resample() {}

  /** The whole image at another size. */
  public static GrayImage resize(GrayImage image, Canvas size) {
    return resize(image, Box.of(image.canvas()), size);
  }

  /**
   * The part of the image in {@code box}, at the given size. Pixels just outside the box may
   * contribute, as far as the filter reaches.
   *
   * @throws IllegalArgumentException if the box leaves the image
   */
  public static GrayImage resize(GrayImage image, Box box, Canvas size) {
    Canvas from = image.canvas();
    ResamplingWeights across =
        new ResamplingWeights("width", from.width(), box.x(), box.width(), size.width());
    ResamplingWeights down =
        new ResamplingWeights("height", from.height(), box.y(), box.height(), size.height());
    float[] rows = horizontally(image.values(), from.width(), across, down.least(), down.most());
    return new GrayImage(size, vertically(rows, size.width(), down));
  }

  /** Resizes each plane by {@link #resize(GrayImage, Box, Canvas)}. */
  public static PlanarImage resize(PlanarImage image, Box box, Canvas size) {
    return image.eachPlane(plane -> resize(plane, box, size));
  }

  /**
   * The largest centred part of the image with the shape of {@code size}, resized to it: for a
   * square size, resize the shorter side and crop the centre, in one step without intermediate
   * rounding to whole pixels.
   */
  public static GrayImage shorterSideThenCentreCrop(GrayImage image, Canvas size) {
    return resize(image, centre(image.canvas(), size), size);
  }

  /** Resizes and crops each plane by {@link #shorterSideThenCentreCrop(GrayImage, Canvas)}. */
  public static PlanarImage shorterSideThenCentreCrop(PlanarImage image, Canvas size) {
    return resize(image, centre(image.canvas(), size), size);
  }

  private static Box centre(Canvas image, Canvas size) {
    double imageWidth = image.width();
    double imageHeight = image.height();
    double shrink = Math.min(imageWidth / size.width(), imageHeight / size.height());
    double width = Math.min(imageWidth, size.width() * shrink);
    double height = Math.min(imageHeight, size.height() * shrink);
    return new Box((imageWidth - width) / 2, (imageHeight - height) / 2, width, height);
  }

  /** Rows {@code first} to {@code last - 1} of the image, resized; row 0 of the result is first. */
  private static float[] horizontally(
      float[] in, int width, ResamplingWeights weights, int first, int last) {
    int outWidth = weights.count();
    float[] out = new float[(last - first) * outWidth];
    for (int y = first; y < last; y++) {
      int row = y * width;
      int target = (y - first) * outWidth;
      for (int x = 0; x < outWidth; x++) {
        int start = row + weights.start[x];
        int weight = weights.offset[x];
        int taken = weights.offset[x + 1] - weight;
        float sum = 0;
        for (int k = 0; k < taken; k++) {
          sum += in[start + k] * weights.weights[weight + k];
        }
        out[target + x] = sum;
      }
    }
    return out;
  }

  private static float[] vertically(float[] rows, int width, ResamplingWeights weights) {
    float[] out = new float[weights.count() * width];
    for (int y = 0; y < weights.count(); y++) {
      int target = y * width;
      int source = (weights.start[y] - weights.least()) * width;
      for (int k = weights.offset[y]; k < weights.offset[y + 1]; k++) {
        addScaled(rows, source, weights.weights[k], out, target, width);
        source += width;
      }
    }
    return out;
  }

  private static void addScaled(
      float[] in, int source, float weight, float[] out, int target, int count) {
    for (int i = 0; i < count; i++) {
      out[target + i] += in[source + i] * weight;
    }
  }

  /**
   * The triangle filter's weights along one axis: output i reads inputs from start[i] on, with
   * weights[offset[i]] up to weights[offset[i + 1] - 1].
   */
  static final class ResamplingWeights {
    private static final double SLACK = 1e-6;

    final int[] start;
    final int[] offset;
    final float[] weights;

    /**
     * Resamples {@code inSize} inputs, those from {@code from} over {@code length}, to {@code
     * outSize} outputs.
     */
    ResamplingWeights(String side, int inSize, double from, double length, int outSize) {
      Checks.require(
          from >= -SLACK && from + length <= inSize + SLACK,
          "box leaves the image: %s to %s, %s %s",
          from,
          (from + length),
          side,
          inSize);
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

    /** The index after that of the last input that is read. */
    int most() {
      int last = count() - 1;
      return start[last] + offset[last + 1] - offset[last];
    }
  }

  /**
   * A rectangle in continuous image coordinates, where pixel (i, j) covers [i, i+1) × [j, j+1).
   *
   * @param x left side
   * @param y top side
   * @param width above 0
   * @param height above 0
   */
  public record Box(double x, double y, double width, double height) {
    public Box {
      boolean valid =
          Double.isFinite(x + y) && width > 0 && height > 0 && Double.isFinite(width + height);
      if (!valid) {
        throw new IllegalArgumentException(
            "box must be finite with sides above 0, was "
                + (x + "," + y + " " + width + "x" + height));
      }
    }

    /** The whole canvas. */
    static Box of(Canvas canvas) {
      return new Box(0, 0, canvas.width(), canvas.height());
    }
  }
}
