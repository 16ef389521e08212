package org.whisker.saliency.result;

import org.whisker.saliency.SignConvention;

/**
 * The quantity that the values of a map refer to, which determines the wording of its colour
 * legend.
 */
public enum MapMeaning {
  /** The effect of making a pixel lighter. */
  LIGHTER,
  /** The effect of the content of a pixel, compared with its replacement. */
  CONTENT,
  /** The effect of the features at a pixel. */
  FEATURES,
  /** The magnitude of the effect without its sign: 0 or more. */
  STRENGTH;

  static MapMeaning of(SignConvention sign) {
    return switch (sign) {
      case WHITE_TOWARDS_NOT_CAT -> LIGHTER;
      case CONTENT_TOWARDS_NOT_CAT, CONTENT_TOWARDS_CAT -> CONTENT;
      case FEATURES_TOWARDS_NOT_CAT, FEATURES_TOWARDS_CAT -> FEATURES;
      case MAGNITUDE -> STRENGTH;
    };
  }
}
