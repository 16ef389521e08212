package org.whisker.saliency;

/** What the sign of a saliency map's values says. */
public enum SignConvention {
  /** Above 0: more white there, more not-cat; below 0: more white there, more cat. */
  WHITE_TOWARDS_NOT_CAT("above 0: white there is less cat, black there is more cat"),
  /** Above 0: what is at the pixel, against its replacement, is not-cat; below 0: it is cat. */
  CONTENT_TOWARDS_NOT_CAT("above 0: what is there is less cat than its replacement"),
  /** Above 0: what is at the pixel, against its replacement, is cat; below 0: it is not-cat. */
  CONTENT_TOWARDS_CAT("above 0: what is there is more cat than its replacement"),
  /** Above 0: the features at the place speak for not-cat; below 0: for cat. */
  FEATURES_TOWARDS_NOT_CAT("above 0: the features there speak against cat"),
  /** Above 0: the features at the place speak for cat; below 0: for not-cat. */
  FEATURES_TOWARDS_CAT("above 0: the features there speak for cat"),
  /** Never below 0: how much, not which way. */
  MAGNITUDE("at least 0: how strongly, not which way");

  private final String legend;

  SignConvention(String legend) {
    this.legend = legend;
  }

  /** In words, for a legend. */
  public String legend() {
    return legend;
  }
}
