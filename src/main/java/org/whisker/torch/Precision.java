package org.whisker.torch;

/**
 * How convolutions are computed. Pooling to the head and the head itself are never coarser than
 * float32.
 */
public enum Precision {
  FLOAT32(6, 6),
  /** Weights and feature maps in bfloat16, channels last: faster where the processor has AMX. */
  BFLOAT16(15, 6),
  /**
   * Slow, not for training. In float32 a rounding may flip a ReLU or the maximum of a pool, which
   * changes a gradient by up to 3 % at once (VGG-16, random weights); in float64 that is rare.
   */
  FLOAT64(7, 7);

  private final int scalarType;
  private final int headType;

  Precision(int scalarType, int headType) {
    this.scalarType = scalarType;
    this.headType = headType;
  }

  /** The number by which TorchScript text names the element type. */
  int scalarType() {
    return scalarType;
  }

  /** That of the head. */
  int headType() {
    return headType;
  }
}
