package org.whisker.table.boundary;

import org.whisker.boundary.Removals;

/** Whether a set of pixels needs every one of its pixels to reach its target. */
public enum OneMinimal {
  /** No single pixel can be left out. */
  YES("yes"),
  /** A pixel can be left out, or the set does not reach the target in full passes. */
  NO("no"),
  /** No set was found. */
  UNTESTED("");

  private final String label;

  OneMinimal(String label) {
    this.label = label;
  }

  static OneMinimal of(Removals set) {
    return set.minimal() ? YES : NO;
  }

  /** As in the table. */
  public String label() {
    return label;
  }
}
