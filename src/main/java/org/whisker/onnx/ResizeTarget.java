package org.whisker.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whisker.network.FeatureShape;
import org.whisker.onnx.graph.GraphNode;

/** The size and interpolation of a Resize or Upsample that PyTorch has too. */
final class ResizeTarget {
  private ResizeTarget() {}

  /** Rows and columns. */
  static int[] of(Scope scope, GraphNode node, FeatureShape in) {
    boolean old = node.op().equals("Upsample") || scope.opset() < 11;
    Constant sizes = old ? null : scope.optional(node, 3);
    int[] from = {1, in.channels(), in.height(), in.width()};
    int[] to = new int[4];
    if (sizes != null && sizes.size() == 4) {
      for (int i = 0; i < 4; i++) {
        to[i] = Math.toIntExact(i == 0 ? 1 : sizes.integer(i));
      }
    } else {
      double[] scales = scales(node, scope.optional(node, old ? 1 : 2));
      for (int i = 0; i < 4; i++) {
        to[i] = (int) Math.floor(from[i] * scales[i]);
      }
    }
    if (to[0] != 1 || to[1] != in.channels()) {
      throw new IllegalArgumentException("only rows and columns can be resized");
    }
    return Arrays.copyOfRange(to, 2, 4);
  }

  private static double[] scales(GraphNode node, @Nullable Constant given) {
    double[] scales = new double[4];
    float[] attribute = node.numbers("scales");
    if ((given == null ? attribute.length : given.size()) != 4) {
      throw new IllegalArgumentException("it has neither four sizes nor four scales");
    }
    for (int i = 0; i < 4; i++) {
      scales[i] = given == null ? attribute[i] : given.number(i);
    }
    return scales;
  }

  /** Whether it interpolates. */
  static boolean linear(GraphNode node) {
    String mode = node.text("mode", "nearest");
    String at = node.text("coordinate_transformation_mode", "half_pixel");
    String nearest = node.text("nearest_mode", "round_prefer_floor");
    boolean upsample = node.op().equals("Upsample");
    if (mode.equals("nearest")
        && (upsample || (at.equals("asymmetric") && nearest.equals("floor")))) {
      return false;
    }
    if (mode.equals("linear") && (at.equals("half_pixel") || at.equals("pytorch_half_pixel"))) {
      return true;
    }
    throw new IllegalArgumentException(
        "a resize by %s, %s, %s can't be read; nearest (asymmetric, floor) and linear (half_pixel) can"
            .formatted(mode, at, nearest));
  }
}
