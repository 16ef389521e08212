package org.whisker.network;

import java.util.Locale;

/** The values that a convolution reads beyond the border of its input. */
public enum Padding {
  ZERO,
  REFLECT,
  REPLICATE,
  CIRCULAR;

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
