package org.whisker.onnx;

import java.io.IOException;
import java.nio.file.Path;

/** ONNX files with the operator Shrink, which whisker itself does not read. */
public final class ShrinkFiles {
  private ShrinkFiles() {}

  /** Writes a network of 3 × 9 × 8 values and as many logits. */
  public static void write(Path file, float lambd, float bias) throws IOException {
    new OnnxBuilder(13, -1, 3, 9, 8)
        .node("Shrink", "s", "x")
        .with(OnnxBuilder.number("lambd", lambd), OnnxBuilder.number("bias", bias))
        .node("Flatten", "y", "s")
        .behindConvolution()
        .write(file, "y");
  }
}
