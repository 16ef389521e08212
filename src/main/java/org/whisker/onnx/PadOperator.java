package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation.Pad;
import org.whisker.network.Window.Padding;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;

/** Padding as a node of its own. */
final class PadOperator {
  /** The name of what padding with the least float leaves behind it, for a maximum to find. */
  static final String LEAST = "padded with the least float";

  private static final double LARGEST = 1e30;

  private final Scope scope;
  private final GraphNode node;
  private final Parts parts;

  private PadOperator(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
    this.parts = new Parts(scope);
  }

  static List<Operator> all() {
    return List.of(
        Operator.named("Pad")
            .limits("channels by zeros only, by the least float before MaxPool only")
            .reads((scope, node) -> List.of(new PadOperator(scope, node).read()))
            .writes(Pad.class, (to, pad) -> write(to, pad, to.x())));
  }

  private View x() {
    return scope.view(node, 0);
  }

  private View read() {
    String mode = node.text("mode", "constant");
    Constant filled = scope.optional(node, 2);
    double value = filled == null ? node.number("value", 0) : filled.number(0);
    if (mode.equals("constant") && value != 0) {
      return paddedWith(value);
    }
    return padded(x(), mode);
  }

  /** Shifts the map so that the value is 0, pads it, and shifts it back. */
  private View paddedWith(double value) {
    if (value <= -LARGEST) {
      View padded = padded(x(), "constant");
      if (padded.node() == x().node()) {
        return padded;
      }
      Draft.Step least = new Draft.Step.Function(LEAST, v -> Double.NaN, Optional.empty());
      return padded.of(scope.draft().add(least, Map.of(), padded.node()));
    }
    Checks.require(Math.abs(value) < LARGEST, "padding with %s can't be read", value);
    View shifted = x().of(scope.draft().affine(x().node(), 1, -value));
    View padded = padded(shifted, "constant");
    return padded.of(scope.draft().affine(padded.node(), 1, value));
  }

  private View padded(View given, String mode) {
    Constant listed = scope.optional(node, 1);
    long[] pads = listed == null ? node.integers("pads") : listed.integers();
    int[] all = spread(pads, scope.optional(node, 3));
    View x = axes(given, all) == null ? scope.layout().map(given) : given;
    int[] axes = axes(x, all);
    if (axes == null) {
      throw new IllegalArgumentException("a padding of dimensions that are no map");
    }
    return padded(cropped(x, all), all, axes, mode);
  }

  /** Padding of every dimension, from that of the axes that are named. */
  private int[] spread(long[] pads, @Nullable Constant axes) {
    int rank = x().rank();
    int named = axes == null ? rank : axes.size();
    Checks.refuse(pads.length != 2 * named, "%s pads for %s dimensions", pads.length, named);
    int[] all = new int[2 * rank];
    for (int i = 0; i < named; i++) {
      int axis = axes == null ? i : Shapes.axis(axes.integer(i), rank);
      all[axis] = Math.toIntExact(pads[i]);
      all[axis + rank] = Math.toIntExact(pads[i + named]);
    }
    return all;
  }

  /** The axis of the map that each padded dimension is; null if one is none. */
  private static int @Nullable [] axes(View view, int[] pads) {
    int[] axes = new int[view.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = view.isMap() ? i - 1 : -1;
      for (int axis = 0; axis < 3; axis++) {
        List<View.Factor> dim = view.dims().get(i);
        axes[i] = !dim.isEmpty() && dim.equals(view.whole(axis)) ? axis : axes[i];
      }
      if (axes[i] < 0 && (pads[i] != 0 || pads[i + axes.length] != 0)) {
        return null;
      }
    }
    return axes;
  }

  /** Negative padding takes values away. */
  private View cropped(View given, int[] pads) {
    View x = given;
    for (int i = 0; i < x.rank(); i++) {
      int start = Math.max(0, -pads[i]);
      int end = Math.max(0, -pads[i + x.rank()]);
      x = parts.cut(x, i, start, x.shape()[i] - start - end, 1);
    }
    return x;
  }

  private View padded(View x, int[] pads, int[] axes, String mode) {
    Pad.Sides[] sides = {Pad.Sides.NONE, Pad.Sides.NONE, Pad.Sides.NONE};
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] >= 0) {
        sides[axes[i]] = new Pad.Sides(Math.max(0, pads[i]), Math.max(0, pads[i + axes.length]));
      }
    }
    if (Arrays.stream(sides).allMatch(Pad.Sides.NONE::equals)) {
      return x;
    }
    Pad.Mode padding =
        switch (mode) {
          case "constant" -> Pad.Mode.OWN;
          case "reflect" -> Pad.Mode.REFLECT;
          case "edge" -> Pad.Mode.REPLICATE;
          case "wrap" -> Pad.Mode.CIRCULAR;
          default -> throw new IllegalArgumentException("padding mode '" + mode + "'");
        };
    if (padding != Pad.Mode.OWN && !sides[0].equals(Pad.Sides.NONE)) {
      throw new IllegalArgumentException("channels are padded with 0 only, not by " + mode);
    }
    int made =
        scope
            .draft()
            .add(new Pad(sides[0], sides[1], sides[2], padding), scope.draft().map(x.node()));
    View padded = x.of(made);
    FeatureShape shape = scope.draft().shape(made);
    int[] sizes = {shape.channels(), shape.height(), shape.width()};
    if (x.isMap()) {
      return View.map(made, shape);
    }
    for (int axis = 0; axis < 3; axis++) {
      if (!sides[axis].equals(Pad.Sides.NONE)) {
        padded = padded.withFactor(made, new View.Factor(axis, 0), sizes[axis]);
      }
    }
    return padded;
  }

  /** A value padded under the network's padding. */
  static String write(LayerWriter to, Pad pad, String x) {
    Padding mode = pad.mode().in(to.padding());
    String padded = x;
    if (mode == Padding.CIRCULAR) {
      padded = writeWrapped(to, padded, 3, pad.columns(), to.from().width());
      padded = writeWrapped(to, padded, 2, pad.rows(), to.from().height());
    } else {
      padded = write(to, padded, Pad.Sides.NONE, pad.rows(), pad.columns(), mode);
    }
    return write(to, padded, pad.channels(), Pad.Sides.NONE, Pad.Sides.NONE, Padding.ZERO);
  }

  private static String write(
      LayerWriter to,
      String x,
      Pad.Sides channels,
      Pad.Sides rows,
      Pad.Sides columns,
      Padding mode) {
    long[] pads = {
      0, channels.before(), rows.before(), columns.before(),
      0, channels.after(), rows.after(), columns.after()
    };
    if (Arrays.stream(pads).sum() == 0) {
      return x;
    }
    String label =
        mode == Padding.REFLECT ? "reflect" : mode == Padding.REPLICATE ? "edge" : "constant";
    return to.node("Pad", List.of(x, to.integers(pads)), NodeWriter.with("mode", label));
  }

  /** Padding that wraps around is there since opset 19 only; before, maps are joined from parts. */
  private static String writeWrapped(
      LayerWriter to, String x, long axis, Pad.Sides sides, int size) {
    List<String> parts = new ArrayList<>();
    long[] axes = {axis};
    long[] one = {1};
    if (sides.before() > 0) {
      long[] start = {size - sides.before()};
      parts.add(PartOperators.writeSlice(to, x, start, new long[] {size}, axes, one));
    }
    parts.add(x);
    if (sides.after() > 0) {
      long[] end = {sides.after()};
      parts.add(PartOperators.writeSlice(to, x, new long[] {0}, end, axes, one));
    }
    return parts.size() == 1 ? x : to.node("Concat", parts, NodeWriter.with("axis", axis));
  }
}
