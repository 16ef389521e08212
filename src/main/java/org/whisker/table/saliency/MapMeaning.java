package org.whisker.table.saliency;

import org.whisker.saliency.SignConvention;

/** What the values of a map are about, as far as its colours go. */
public enum MapMeaning {
  /** What a lighter pixel would do. */
  LIGHTER,
  /** What is there, against its replacement. */
  CONTENT,
  /** The features there. */
  FEATURES,
  /** How strongly, not which way: never below 0. */
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
