package org.whisker.boundary;

import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.image.PlanarImage;
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
    int planes = planes(a, b);
    PlanarImage first = PlanarImage.from(a).in(planes);
    PlanarImage second = PlanarImage.from(b).in(planes);
    return IntStream.range(0, a.canvas().pixels())
        .filter(pixel -> !first.isSameAt(second, pixel))
        .toArray();
  }

  /** The planes in which both pictures can be shown. */
  static int planes(Raster a, Raster b) {
    return Math.max(a.planes(), b.planes());
  }

  /**
   * Returns the logit if it is finite.
   *
   * @throws NoNumberException for NaN and infinities
   */
  public static float finite(Classifier classifier, float logit) {
    return NoNumberException.unlessFinite(classifier.name() + "'s logit of a picture", logit);
  }

  /** Whether this logit against the target means cat: p(target) is ½ or more. */
  public static boolean isCat(double logit) {
    return logit <= 0;
  }
}
