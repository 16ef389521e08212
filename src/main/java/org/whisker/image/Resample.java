package org.whisker.image;

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

  /**
   * The largest centred part of the image with the shape of {@code size}, resized to it: for a
   * square size, resize the shorter side and crop the centre, in one step without intermediate
   * rounding to whole pixels.
   */
  public static GrayImage shorterSideThenCentreCrop(GrayImage image, Canvas size) {
    double imageWidth = image.canvas().width();
    double imageHeight = image.canvas().height();
    double shrink = Math.min(imageWidth / size.width(), imageHeight / size.height());
    double width = Math.min(imageWidth, size.width() * shrink);
    double height = Math.min(imageHeight, size.height() * shrink);
    Box box = new Box((imageWidth - width) / 2, (imageHeight - height) / 2, width, height);
    return resize(image, box, size);
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
}
