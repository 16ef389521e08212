package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.OptionalInt;

/** Finds values that are not valid weights. */
final class Finite {
  private Finite() {}

  /** The index of the first value whose magnitude is not below {@code limit}, or that is NaN. */
  static OptionalInt firstBeyond(FloatBuffer values, float limit) {
    for (int i = 0, n = values.limit(); i < n; i++) {
      if (!(Math.abs(values.get(i)) < limit)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
