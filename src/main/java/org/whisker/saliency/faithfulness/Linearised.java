package org.whisker.saliency.faithfulness;

import org.whisker.image.GrayImage;
import org.whisker.saliency.SaliencyMap;

/** What a map says of a change of the picture. */
final class Linearised {
  private Linearised() {}

  /**
   * How much of f(picture) − f(changed), in logits of not-cat, the map puts down to one pixel: a
   * gradient times the change of gray, or, of a map of contents, all of its value if the gray
   * changes at all.
   *
   * @throws IllegalArgumentException for a map without signs
   */
  static double towardsNotCat(SaliencyMap map, int index, GrayImage picture, GrayImage changed) {
    double change = (double) picture.at(index) - changed.at(index);
    double value = map.at(index);
    return switch (map.sign()) {
      case WHITE_TOWARDS_NOT_CAT -> value * change;
      case CONTENT_TOWARDS_NOT_CAT -> change == 0 ? 0 : value;
      case CONTENT_TOWARDS_CAT -> change == 0 ? 0 : -value;
      default ->
          throw new IllegalArgumentException(
              map.method() + " says how strongly, not which way: it predicts no logit");
    };
  }
}
