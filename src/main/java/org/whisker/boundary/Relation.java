package org.whisker.boundary;

/** What a model that scores images has to do with the one that they were evolved on. */
public enum Relation {
  /** It is that one. */
  OWN("own model"),
  /** Its weights, under another padding. */
  PADDING("same weights, other padding"),
  /** Other weights, the same architecture. */
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
