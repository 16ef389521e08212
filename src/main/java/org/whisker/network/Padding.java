package org.whisker.network;

import java.util.Locale;

/** The values that a convolution reads beyond the border of its input. */
public enum Padding {
  ZERO,
  REFLECT,
  REPLICATE,
  CIRCULAR;

  /**
   * Whether a map of {@code size} values has enough of them for {@code width} beyond its border: a
   * reflection leaves out the outermost one, and PyTorch wraps no value twice.
   */
  boolean fits(int width, int size) {
    return switch (this) {
      case REFLECT -> width < size;
      case CIRCULAR -> width <= size;
      case ZERO, REPLICATE -> true;
    };
  }

  /** As users write it, and as PyTorch's {@code pad} calls it (zero is its {@code constant}). */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Padding parse(String label) {
    for (Padding padding : values()) {
      if (padding.label().equals(label)) {
        return padding;
      }
    }
    throw new IllegalArgumentException(
        "padding is zero, reflect, replicate or circular, not " + label);
  }
}
