package org.whisker.saliency;

/** The meaning of the sign of a saliency map's values. */
public enum SignConvention {
  /** Derivative: above 0, a lighter pixel raises the logit of not-cat; below 0, it lowers it. */
  WHITE_TOWARDS_NOT_CAT("above 0: white there is less cat, black there is more cat"),
  /**
   * Relative to a replacement: above 0, the pixel's content is evidence for not-cat; below 0, for
   * cat.
   */
  CONTENT_TOWARDS_NOT_CAT("above 0: what is there is less cat than its replacement"),
  /**
   * Relative to a replacement: above 0, the pixel's content is evidence for cat; below 0, for
   * not-cat.
   */
  CONTENT_TOWARDS_CAT("above 0: what is there is more cat than its replacement"),
  /** Features of a layer: above 0, they are evidence for not-cat; below 0, for cat. */
  FEATURES_TOWARDS_NOT_CAT("above 0: the features there speak against cat"),
  /** Features of a layer: above 0, they are evidence for cat; below 0, for not-cat. */
  FEATURES_TOWARDS_CAT("above 0: the features there speak for cat"),
  /** Unsigned: magnitude only, at least 0. */
  MAGNITUDE("at least 0: how strongly, not which way");

  private final String legend;

  SignConvention(String legend) {
    this.legend = legend;
  }

  /** Text of a legend. */
  public String legend() {
    return legend;
  }
}
