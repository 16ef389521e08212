package org.whisker.torch;

import org.whisker.value.Labelled;

/**
 * The precision of convolutions. The pooling before the head and the head itself use at least
 * float32.
 */
public enum Precision implements Labelled {
  FLOAT32(6, 6),
  /** Weights and feature maps in bfloat16, channels last: faster where the processor has AMX. */
  BFLOAT16(15, 6),
  /**
   * Slow, not for training. In float32, rounding may flip a ReLU or the maximum of a pooling
   * window, which changes a gradient abruptly by up to 3 % (VGG-16, random weights); in float64
   * that is rare.
   */
  FLOAT64(7, 7);

  private final int scalarType;
  private final int headType;

  Precision(int scalarType, int headType) {
    this.scalarType = scalarType;
    this.headType = headType;
  }

  /** Bytes of a value of a feature map. */
  int bytes() {
    return switch (this) {
      case FLOAT32 -> Float.BYTES;
      case BFLOAT16 -> Short.BYTES;
      case FLOAT64 -> Double.BYTES;
    };
  }

  /**
   * The precision of that label; float64 is for checks, nothing that users ask for needs it.
   *
   * @param option named in the message
   * @throws IllegalArgumentException unless it is float32 or bfloat16
   */
  public static Precision parse(String option, String label) {
    for (Precision each : values()) {
      if (each.label().equals(label) && each != FLOAT64) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        option + " must be float32 or bfloat16, was '" + label + "'");
  }

  /** The number by which TorchScript text names the element type. */
  int scalarType() {
    return scalarType;
  }

  /** The number of the head's element type. */
  int headType() {
    return headType;
  }
}
