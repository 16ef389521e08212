package org.whisker.evolution.operator;

import org.whisker.image.Canvas;

/** Rejects images and regions of another size than the evolved images. */
public final class SameCanvas {
  private SameCanvas() {}

  public static void check(String what, Canvas its, Canvas wanted) {
    if (!its.equals(wanted)) {
      throw new IllegalArgumentException(what + " is on a " + its + " canvas, not " + wanted);
    }
  }
}
