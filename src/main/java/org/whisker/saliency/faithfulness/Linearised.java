package org.whisker.saliency.faithfulness;

import org.whisker.image.GrayImage;
import org.whisker.saliency.SaliencyMap;

/** The prediction of a map for a change of the image. */
final class Linearised {
  private Linearised() {}

  /**
   * The contribution of one pixel to f(picture) − f(changed), in logits of not-cat, according to
   * the map: a gradient times the change of gray; for a map relative to a replacement, its value if
   * the gray changes, otherwise 0.
   *
   * @throws IllegalArgumentException for an unsigned map
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
