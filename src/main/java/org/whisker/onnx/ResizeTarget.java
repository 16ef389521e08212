package org.whisker.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.FeatureShape;
import org.whisker.onnx.graph.GraphNode;

/** The size and interpolation of a Resize or Upsample that PyTorch has too. */
final class ResizeTarget {
  private ResizeTarget() {}

  /**
   * Rows and columns.
   *
   * @throws IllegalArgumentException also for a scale that gives no whole number of pixels, since
   *     positions then follow from the scale, not from the two sizes
   */
  static int[] of(Scope scope, GraphNode node, FeatureShape in) {
    if (node.integer("antialias", 0) == 1
        || !node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
      throw new IllegalArgumentException(
          "a resize with antialiasing or a fixed aspect ratio can't be read");
    }
    boolean old = old(scope, node);
    Constant sizes = old ? null : scope.optional(node, 3);
    int[] from = {1, in.channels(), in.height(), in.width()};
    int[] to = from.clone();
    if (sizes != null && sizes.size() > 0) {
      int[] axes = axes(node, sizes.size());
      for (int i = 0; i < axes.length; i++) {
        to[axes[i]] = axes[i] == 0 ? 1 : Math.toIntExact(sizes.integer(i));
      }
    } else {
      double[] scales = scales(node, scope.optional(node, old ? 1 : 2));
      int[] axes = axes(node, scales.length);
      for (int i = 0; i < axes.length; i++) {
        to[axes[i]] = scaled(from[axes[i]], scales[i], old);
      }
    }
    if (to[0] != 1 || to[1] != in.channels()) {
      throw new IllegalArgumentException("only rows and columns can be resized");
    }
    return Arrays.copyOfRange(to, 2, 4);
  }

  private static boolean old(Scope scope, GraphNode node) {
    return node.op().equals("Upsample") || scope.opset() < 11;
  }

  private static int scaled(int size, double scale, boolean old) {
    double exact = size * scale;
    if (old && scale < 1) {
      throw new IllegalArgumentException("before opset 11 only enlargements can be read");
    }
    if (!(exact - Math.floor(exact) < 1e-4)) {
      throw new IllegalArgumentException(
          "%d times %s is no whole number of pixels".formatted(size, scale));
    }
    return (int) exact;
  }

  /** The dimensions that sizes or scales are of; since opset 18 they may be named. */
  private static int[] axes(GraphNode node, int count) {
    long[] named = node.integers("axes");
    int[] axes =
        named.length == 0
            ? IntStream.range(0, 4).toArray()
            : Arrays.stream(named).mapToInt(axis -> Shapes.axis(axis, 4)).toArray();
    if (axes.length != count) {
      throw new IllegalArgumentException(
          "it has %d sizes or scales for %d dimensions".formatted(count, axes.length));
    }
    return axes;
  }

  private static double[] scales(GraphNode node, @Nullable Constant given) {
    float[] attribute = node.numbers("scales");
    double[] scales = new double[given == null ? attribute.length : given.size()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = given == null ? attribute[i] : given.number(i);
    }
    return scales;
  }

  /**
   * Whether it interpolates.
   *
   * @param enlarged whether rows and columns become whole multiples
   */
  static boolean linear(Scope scope, GraphNode node, boolean enlarged) {
    boolean old = old(scope, node);
    String mode = node.text("mode", "nearest");
    String at = old ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
    String nearest = old ? "floor" : node.text("nearest_mode", "round_prefer_floor");
    if (mode.equals("nearest") && repeats(at, nearest, enlarged)) {
      return false;
    }
    if (mode.equals("linear") && halfPixel(at)) {
      return true;
    }
    throw new IllegalArgumentException(
        "a resize by %s, %s, %s can't be read; linear (half_pixel) and repeated values can"
            .formatted(mode, at, nearest));
  }

  /** Whether each value is repeated, or the first of those that become one is taken. */
  private static boolean repeats(String at, String nearest, boolean enlarged) {
    if (nearest.equals("floor")) {
      return at.equals("asymmetric") || (enlarged && at.equals("tf_half_pixel_for_nn"));
    }
    return enlarged && halfPixel(at) && nearest.startsWith("round_prefer");
  }

  private static boolean halfPixel(String at) {
    return at.equals("half_pixel") || at.equals("pytorch_half_pixel");
  }
}
