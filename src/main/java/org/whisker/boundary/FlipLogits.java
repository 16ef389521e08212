package org.whisker.boundary;

import java.util.List;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;

/** Logits of one image with sets of its pixels flipped: the set is the genome. */
record FlipLogits(LogitSource images, BlackPixels image) implements LogitSource {
  @Override
  public float[] logits(List<BlackPixels> flips) {
    return images.logits(flips.stream().map(set -> flipped(image, set)).toList());
  }

  @Override
  public float[] flipped(BlackPixels flips, int[] pixels) {
    // flipping a pixel of the set flips it in the image
    return images.flipped(flipped(image, flips), pixels);
  }

  @Override
  public int batch() {
    return images.batch();
  }

  /** The image with these pixels turned to the other tone. */
  static BlackPixels flipped(BlackPixels image, BlackPixels flips) {
    BlackPixels changed = image;
    for (int i = 0; i < flips.count(); i++) {
      changed = changed.flipped(flips.get(i));
    }
    return changed;
  }
}
