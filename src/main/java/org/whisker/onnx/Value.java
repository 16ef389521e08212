package org.whisker.onnx;

/** What a name in a graph stands for: a known tensor, or one that depends on the picture. */
sealed interface Value permits Constant, View {
  /** Its dimensions, for one picture. */
  int[] shape();
}
