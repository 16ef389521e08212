package org.whisker.torch;

/** How convolutions are computed. Pooling to the head and the head itself are always float32. */
public enum Precision {
  FLOAT32(6),
  /** Weights and feature maps in bfloat16, channels last: faster where the processor has AMX. */
  BFLOAT16(15);

  private final int scalarType;

  Precision(int scalarType) {
    this.scalarType = scalarType;
  }

  /** The number by which TorchScript text names the element type. */
  int scalarType() {
    return scalarType;
  }
}
