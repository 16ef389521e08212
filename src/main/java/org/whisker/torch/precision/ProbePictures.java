package org.whisker.torch.precision;

import java.util.ArrayList;
import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

/**
 * Pictures like those that a search has to rank: families of siblings that differ from a random
 * picture in a few pixels, with more black pixels from family to family.
 */
final class ProbePictures {
  /** Pictures in a family. */
  static final int FAMILY = 20;

  private static final int MOST_EDITS = 8;
  private static final int[] BLACK = {3, 10, 20, 35, 50, 75, 100, 150, 200, 300};

  private ProbePictures() {}

  /** At least {@code count} pictures: whole families, one after another. */
  static List<BlackPixels> of(Canvas canvas, int count, long seed) {
    List<BlackPixels> pictures = new ArrayList<>();
    for (int family = 0; pictures.size() < count; family++) {
      SplitMix64 random = SplitMix64.stream(seed, "probe pictures", family);
      int black = Math.min(BLACK[family % BLACK.length], canvas.pixels() / 2);
      BlackPixels parent = changed(BlackPixels.none(canvas), black, random);
      for (int i = 0; i < FAMILY; i++) {
        pictures.add(changed(parent, 1 + random.nextInt(MOST_EDITS), random));
      }
    }
    return pictures;
  }

  /** Pixels drawn at random turn from white to black or back. */
  private static BlackPixels changed(BlackPixels picture, int times, SplitMix64 random) {
    BlackPixels changed = picture;
    for (int i = 0; i < times; i++) {
      int pixel = random.nextInt(picture.canvas().pixels());
      changed = changed.contains(pixel) ? changed.without(pixel) : changed.with(pixel);
    }
    return changed;
  }
}
