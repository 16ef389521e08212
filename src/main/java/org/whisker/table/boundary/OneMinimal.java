package org.whisker.table.boundary;

import org.whisker.boundary.Removals;

/**
 * Whether a set of pixels is 1-minimal: it reaches its target, but not without any one of its
 * pixels.
 */
public enum OneMinimal {
  /** No single pixel can be omitted. */
  YES("yes"),
  /** Some pixel can be omitted, or the set does not reach the target in full forward passes. */
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

  /** The value in the table. */
  public String label() {
    return label;
  }
}
