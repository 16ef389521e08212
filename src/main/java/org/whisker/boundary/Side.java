package org.whisker.boundary;

/** A side of the decision boundary. */
public enum Side {
  /** p(cat) is ½ or more. */
  CAT("cat"),
  /** p(cat) is below ½. */
  NOT_CAT("not-cat");

  private final String label;

  Side(String label) {
    this.label = label;
  }

  /** That of a cat, or the other. */
  public static Side of(boolean cat) {
    return cat ? CAT : NOT_CAT;
  }

  /** The value in tables. */
  public String label() {
    return label;
  }
}
