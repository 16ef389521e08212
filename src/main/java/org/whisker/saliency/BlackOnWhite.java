package org.whisker.saliency;

import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/** Recognises binary images of black pixels on white, such as evolved ones. */
public final class BlackOnWhite {
  private BlackOnWhite() {}

  /** The black pixels of a binary image; empty for an image with other grays. */
  public static Optional<BlackPixels> of(Raster picture) {
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
