package org.whisker.boundary;

import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;

/** Helpers for gray values of pictures and for finite logits. */
public final class Grays {
  private Grays() {}

  static void sameCanvas(Raster a, Raster b) {
    if (!a.canvas().equals(b.canvas())) {
      throw new IllegalArgumentException(
          "two pictures of one size, were " + a.canvas() + " and " + b.canvas());
    }
  }

  /** The pixels in which two pictures differ, ascending. */
  static int[] differing(Raster a, Raster b) {
    sameCanvas(a, b);
    float[] first = a.grayValues();
    float[] second = b.grayValues();
    return IntStream.range(0, first.length).filter(i -> first[i] != second[i]).toArray();
  }

  /**
   * Returns the logit if it is finite.
   *
   * @throws IllegalArgumentException for NaN and infinities
   */
  public static float finite(Classifier classifier, float logit) {
    if (!Float.isFinite(logit)) {
      throw new IllegalArgumentException(classifier.name() + " gave the logit " + logit);
    }
    return logit;
  }

  /** Whether this logit of not-cat means cat: p(cat) is ½ or more. */
  public static boolean isCat(double logit) {
    return logit <= 0;
  }
}
