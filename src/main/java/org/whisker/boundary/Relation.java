package org.whisker.boundary;

/** The relation of a model that scores images to the one on which they were evolved. */
public enum Relation {
  /** The same model. */
  OWN("own model"),
  /** The same weights with another padding. */
  PADDING("same weights, other padding"),
  /** Other weights of the same architecture. */
  FAMILY("same architecture, other weights"),
  /** Another architecture, or an unknown one. */
  OTHER("other architecture"),
  /** The images were not evolved, or are a control. */
  NONE("none");

  private final String label;

  Relation(String label) {
    this.label = label;
  }

  /** In words. */
  public String label() {
    return label;
  }
}
