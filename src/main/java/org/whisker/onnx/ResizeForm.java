package org.whisker.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;

/**
 * What a Resize asks for, or an Upsample, which it replaced.
 *
 * @param scales the size of each dimension after it, divided by that before
 * @param sizes the sizes after it, which are given in place of scales
 */
record ResizeForm(GraphNode node, @Nullable Constant scales, @Nullable Constant sizes) {
  private static final double UNIFORM = 1e-6;

  /** That of PyTorch's bicubic interpolation, and ONNX's default. */
  private static final double COEFFICIENT = -0.75;

  static ResizeForm of(Scope scope, GraphNode node) {
    boolean old = isOld(node);
    return new ResizeForm(
        node, scope.optional(node, old ? 1 : 2), old ? null : scope.optional(node, 3));
  }

  static ResizeForm of(Operator.KnownNode in) {
    boolean old = isOld(in.node());
    return new ResizeForm(in.node(), in.optional(old ? 1 : 2), old ? null : in.optional(3));
  }

  /** Up to opset 10 it has no more than two inputs, later at least three. */
  private static boolean isOld(GraphNode node) {
    return node.inputs().size() < 3;
  }

  boolean old() {
    return isOld(node);
  }

  boolean sized() {
    return sizes != null && sizes.size() > 0;
  }

  /** Nearest, linear or cubic. */
  String mode() {
    return node.text("mode", "nearest");
  }

  /** How positions of the result are positions of the input. */
  String at() {
    return old() ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
  }

  /** How a position is rounded to the nearest. */
  String nearest() {
    return old() ? "floor" : node.text("nearest_mode", "round_prefer_floor");
  }

  /** The coefficient of the cubic convolution. */
  double coefficient() {
    return node.number("cubic_coeff_a", COEFFICIENT);
  }

  boolean hasUsualCoefficient() {
    return Math.abs(coefficient() - COEFFICIENT) < UNIFORM;
  }

  /** Whether values beyond the border have no weight; otherwise they are those at the border. */
  boolean excludesOutside() {
    return node.integer("exclude_outside", 0) == 1;
  }

  /** Whether a smaller result is made of means over wider windows. */
  boolean antialias() {
    return node.integer("antialias", 0) == 1;
  }

  /** The sizes of all dimensions after it. */
  int[] target(int... from) {
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    Checks.require(
        policy.equals("stretch"),
        "a fixed aspect ratio (keep_aspect_ratio_policy %s) can't be read; stretch can",
        policy);
    int[] to = from.clone();
    if (sizes != null && sizes.size() > 0) {
      int[] axes = axes(sizes.size(), from.length);
      for (int i = 0; i < axes.length; i++) {
        to[axes[i]] = Math.toIntExact(sizes.integer(i));
      }
    } else {
      float[] factors = factors(from, to);
      for (int i = 0; i < to.length; i++) {
        to[i] = (int) (from[i] * factors[i]);
      }
    }
    for (int size : to) {
      Checks.require(size > 0, "a resize to %s values of a dimension", size);
    }
    return to;
  }

  /** The factor of each dimension: as given, since positions follow from it, or of the sizes. */
  float[] factors(int[] from, int[] to) {
    float[] factors = new float[from.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) to[i] / from[i];
    }
    if (!sized()) {
      float[] given = given();
      int[] axes = axes(given.length, from.length);
      for (int i = 0; i < axes.length; i++) {
        factors[axes[i]] = given[i];
      }
    }
    return factors;
  }

  private float[] given() {
    float[] attribute = node.numbers("scales");
    float[] given = new float[scales == null ? attribute.length : scales.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = scales == null ? attribute[i] : (float) scales.number(i);
    }
    return given;
  }

  /** The dimensions that sizes or scales are of; since opset 18 they may be named. */
  private int[] axes(int count, int rank) {
    long[] named = node.integers("axes");
    int[] axes =
        named.length == 0
            ? IntStream.range(0, rank).toArray()
            : Arrays.stream(named).mapToInt(axis -> Shapes.axis(axis, rank)).toArray();
    Checks.refuse(
        axes.length != count, "it has %d sizes or scales for %d dimensions", count, axes.length);
    return axes;
  }
}
