package org.whisker.saliency;

import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.value.Checks;

/** Checks the inputs of a method and converts them to gray values. */
public final class Inputs {
  private Inputs() {}

  public static void checkSize(Classifier classifier, Canvas canvas) {
    if (!canvas.equals(classifier.canvas())) {
      throw new IllegalArgumentException(
          classifier.name() + " takes " + classifier.canvas() + " pictures, not " + canvas);
    }
  }

  public static void checkSize(SaliencyMap map, Canvas canvas) {
    if (!canvas.equals(map.canvas())) {
      throw new IllegalArgumentException(
          "a map of " + map.canvas() + " says nothing of a picture of " + canvas);
    }
  }

  public static int atLeast(int least, String what, int count) {
    Checks.refuse(count < least, "%s must be at least %s, was %s", what, least, count);
    return count;
  }

  public static double above0(String what, double value) {
    Checks.require(value > 0 && Double.isFinite(value), "%s must be above 0, was %s", what, value);
    return value;
  }

  /** The values of a picture's pixels: of colours the sum over their planes. */
  static float[] perPixel(Canvas canvas, float[] values) {
    if (values.length == canvas.pixels()) {
      return values;
    }
    float[] sums = new float[canvas.pixels()];
    for (int i = 0; i < sums.length; i++) {
      double sum = 0;
      for (int plane = i; plane < values.length; plane += sums.length) {
        sum += values[plane];
      }
      sums[i] = (float) sum;
    }
    return sums;
  }

  /** Sums the values of a picture's planes for each pixel, in double precision. */
  static double[] perPixel(Canvas canvas, double[] values) {
    if (values.length == canvas.pixels()) {
      return values;
    }
    double[] sums = new double[canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      sums[i % sums.length] += values[i];
    }
    return sums;
  }

  /** A map of values computed in double precision. */
  public static SaliencyMap map(
      Canvas canvas, double[] values, String unit, String method, SignConvention sign) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return new SaliencyMap(canvas, rounded, unit, method, sign);
  }

  /**
   * Recognises binary images of black pixels on white, such as evolved ones.
   *
   * <p>The black pixels of a binary image; empty for an image with other grays.
   */
  public static Optional<BlackPixels> blackOnWhite(Raster picture) {
    if (picture instanceof BlackPixels black) {
      return Optional.of(black);
    }
    GrayImage gray = GrayImage.of(picture);
    int pixels = gray.canvas().pixels();
    boolean two = IntStream.range(0, pixels).allMatch(i -> gray.at(i) == 0 || gray.at(i) == 1);
    return two
        ? Optional.of(
            BlackPixels.of(
                gray.canvas(), IntStream.range(0, pixels).filter(i -> gray.at(i) == 0).toArray()))
        : Optional.empty();
  }
}
