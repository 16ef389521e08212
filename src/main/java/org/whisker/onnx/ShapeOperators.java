package org.whisker.onnx;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.network.TokenOperation;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphNode;

/** Operators that give the same values another shape or order. */
record ShapeOperators(Scope scope, GraphNode node) {
  static List<Operator> all() {
    return List.of(
        of("Identity", ShapeOperators::x).computes(Operator.KnownNode::x),
        of("Dropout", ShapeOperators::x)
            .computes(Operator.KnownNode::x)
            .writes(Layer.Dropout.class, (to, dropout) -> to.x()),
        of("Cast", o -> o.cast(o.node.integer("to", 1)))
            .limits("to floating point")
            .computes(in -> knownCast(in, in.node().integer("to", 1))),
        of("CastLike", ShapeOperators::x)
            .since(15)
            .computes(in -> knownCast(in, in.at(1).type().number())),
        of("Shape", o -> shape(o.node, o.x().shape()))
            .computes(in -> shape(in.node(), in.x().shape())),
        of("Size", o -> Constant.integers(DataType.INT64, new int[0], Constant.size(o.x().shape())))
            .computes(in -> Constant.integers(DataType.INT64, new int[0], in.x().size())),
        of("Reshape", ShapeOperators::reshape)
            .limits("to a known shape")
            .computes(ShapeOperators::knownReshape),
        of("Flatten", ShapeOperators::flatten)
            .computes(ShapeOperators::knownFlatten)
            .writes(
                Layer.Flatten.class,
                (to, flatten) -> to.node("Flatten", to.x(), NodeWriter.with("axis", 1L))),
        of("Squeeze", o -> o.reshaped(o.x(), Shapes.squeezed(o.x().shape(), o.axes())))
            .computes(in -> in.x().reshaped(Shapes.squeezed(in.x().shape(), in.axes()))),
        of("Unsqueeze", o -> o.reshaped(o.x(), Shapes.unsqueezed(o.x().shape(), o.axes())))
            .computes(in -> in.x().reshaped(Shapes.unsqueezed(in.x().shape(), in.axes()))),
        of(
                "Transpose",
                o -> o.x().transposed(Shapes.permutation(o.node.integers("perm"), o.x().rank())))
            .computes(ShapeOperators::knownTranspose)
            .writes(Operation.Rearrange.class, ShapeOperators::writeRearranged),
        of("DepthToSpace", ShapeOperators::depthToSpace),
        of("SpaceToDepth", ShapeOperators::spaceToDepth),
        of("Expand", ShapeOperators::expand)
            .since(8)
            .computes(ShapeOperators::knownExpand)
            .writes(TokenOperation.Known.class, ShapeOperators::writeKnown),
        of("Tile", ShapeOperators::tile)
            .limits("dimensions of size 1")
            .computes(ShapeOperators::knownTile));
  }

  private static Operator of(String name, Function<ShapeOperators, ? extends Value> reader) {
    return Operator.named(name)
        .reads((scope, node) -> List.of(reader.apply(new ShapeOperators(scope, node))));
  }

  private View x() {
    return scope.view(node, 0);
  }

  private View cast(long to) {
    DataType type = DataType.of((int) to).orElse(DataType.BOOL);
    if (!type.floating()) {
      throw new IllegalArgumentException(
          "it rounds values that depend on the picture to " + type + ", which has no derivative");
    }
    return x();
  }

  private long[] axes() {
    Constant given = scope.optional(node, 1);
    return given == null ? node.integers("axes") : given.integers();
  }

  private View reshaped(View x, int... target) {
    return scope.layout().reshaped(x, target);
  }

  /** A batch size that the file fixes stands for one picture. */
  private View reshape() {
    long[] target = scope.constant(node, 1).integers();
    if (scope.batch() > 1 && target.length > 0 && target[0] == scope.batch()) {
      target[0] = 1;
    }
    boolean allowZero = node.integer("allowzero", 0) == 1;
    return reshaped(x(), Shapes.reshaped(x().shape(), target, allowZero));
  }

  private View flatten() {
    int[] shape = x().shape();
    int axis = (int) node.integer("axis", 1);
    axis = axis < 0 ? axis + shape.length : axis;
    int outer = (int) Constant.size(Arrays.copyOf(shape, axis));
    return reshaped(x(), outer, (int) (Constant.size(shape) / outer));
  }

  private View depthToSpace() {
    int[] s = square();
    int b = Math.toIntExact(node.integer("blocksize", 1));
    int c = s[1] / (b * b);
    boolean columnsFirst = node.text("mode", "DCR").equals("CRD");
    View split =
        columnsFirst
            ? reshaped(x(), s[0], c, b, b, s[2], s[3])
            : reshaped(x(), s[0], b, b, c, s[2], s[3]);
    int[] order = columnsFirst ? new int[] {0, 1, 4, 2, 5, 3} : new int[] {0, 3, 4, 1, 5, 2};
    return reshaped(split.transposed(order), s[0], c, s[2] * b, s[3] * b);
  }

  private View spaceToDepth() {
    int[] s = square();
    int b = Math.toIntExact(node.integer("blocksize", 1));
    View split = reshaped(x(), s[0], s[1], s[2] / b, b, s[3] / b, b);
    return reshaped(
        split.transposed(new int[] {0, 3, 5, 1, 2, 4}), s[0], s[1] * b * b, s[2] / b, s[3] / b);
  }

  private int[] square() {
    if (x().rank() != 4) {
      throw new IllegalArgumentException("a tensor of rank " + x().rank());
    }
    return x().shape();
  }

  private View expand() {
    int[] target =
        Arrays.stream(scope.constant(node, 1).integers()).mapToInt(Math::toIntExact).toArray();
    if (scope.batch() > 1 && target.length == x().rank() && target[0] == scope.batch()) {
      target[0] = 1;
    }
    int[] to = Shapes.broadcast(x().shape(), target);
    return repeated(x().widened(to.length), to);
  }

  private View tile() {
    int[] shape = x().shape();
    long[] times = scope.constant(node, 1).integers();
    int[] to = new int[shape.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.toIntExact(Math.multiplyExact(shape[i], times[i]));
      if (to[i] != shape[i] && shape[i] != 1) {
        throw new IllegalArgumentException("only dimensions of size 1 can be repeated");
      }
    }
    return repeated(x(), to);
  }

  /** The only channel of a map repeated, or its only position. */
  private View repeated(View x, int[] to) {
    int[] shape = x.shape();
    int[] grown = IntStream.range(0, to.length).filter(i -> to[i] != shape[i]).toArray();
    if (grown.length == 0) {
      return x;
    }
    if (x.rank() == 4 && shape[2] * shape[3] == 1 && grown[0] > 1) {
      View map = scope.layout().map(x);
      Layer resize = new Operation.Resize(to[2], to[3], Operation.Resize.Interpolation.NEAREST);
      int made = scope.draft().add(resize, scope.draft().map(map.node()));
      return View.map(made, scope.draft().shape(made));
    }
    if (grown.length > 1 || x.axisSize(View.CHANNELS) != 1 || to[grown[0]] > 4096) {
      return scope.layout().repeated(x, to);
    }
    List<Integer> parts = Collections.nCopies(to[grown[0]], x.node());
    return x.withChannels(scope.draft().concat(parts), to[grown[0]], grown[0]);
  }

  /** The dimensions of a tensor as Shape gives them; a part of them since opset 15. */
  private static Constant shape(GraphNode node, int[] shape) {
    int rank = shape.length;
    int start = bound(node.integer("start", 0), rank);
    int end = bound(node.integer("end", rank), rank);
    return Constant.vector(
        IntStream.range(start, Math.max(start, end)).mapToLong(i -> shape[i]).toArray());
  }

  private static int bound(long at, int rank) {
    return (int) Math.max(0, Math.min(rank, at < 0 ? at + rank : at));
  }

  private static Constant knownCast(Operator.KnownNode in, long to) {
    DataType type =
        DataType.of((int) to)
            .orElseThrow(() -> new IllegalArgumentException("a cast to type " + to));
    if (type.floating()) {
      return Constant.floats(in.x().shape(), in.x().floats());
    }
    long[] values = in.x().integers();
    if (type == DataType.BOOL) {
      for (int i = 0; i < values.length; i++) {
        values[i] = in.x().number(i) == 0 ? 0 : 1;
      }
    }
    return Constant.integers(type, in.x().shape(), values);
  }

  private static Constant knownReshape(Operator.KnownNode in) {
    return in.x()
        .reshaped(
            Shapes.reshaped(
                in.x().shape(), in.at(1).integers(), in.node().integer("allowzero", 0) == 1));
  }

  private static Constant knownFlatten(Operator.KnownNode in) {
    int[] shape = in.x().shape();
    int axis = bound(in.node().integer("axis", 1), shape.length);
    int outer = (int) Constant.size(Arrays.copyOf(shape, axis));
    return in.x().reshaped(outer, outer == 0 ? 0 : in.x().size() / outer);
  }

  private static Constant knownTranspose(Operator.KnownNode in) {
    int[] from = in.x().shape();
    int[] order = Shapes.permutation(in.node().integers("perm"), from.length);
    int[] strides = Shapes.strides(from);
    int[] to = Arrays.stream(order).map(i -> from[i]).toArray();
    return in.x()
        .picked(to, Shapes.walk(to, Arrays.stream(order).map(i -> strides[i]).toArray(), 0));
  }

  private static Constant knownExpand(Operator.KnownNode in) {
    int[] to = Shapes.broadcast(in.x().shape(), dimensions(in.at(1)));
    in.budget().take(to);
    return in.x().picked(to, Shapes.sources(in.x().shape(), to));
  }

  private static Constant knownTile(Operator.KnownNode in) {
    int[] from = in.x().shape();
    int[] times = dimensions(in.at(1));
    int[] to = new int[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.multiplyExact(from[i], times[i]);
    }
    in.budget().take(to);
    int[] ones = Shapes.walk(to, Shapes.strides(to), 0);
    int[] strides = Shapes.strides(from);
    int[] over = Shapes.strides(to);
    for (int n = 0; n < ones.length; n++) {
      int source = 0;
      for (int d = 0; d < to.length; d++) {
        source += n / over[d] % to[d] % from[d] * strides[d];
      }
      ones[n] = source;
    }
    return in.x().picked(to, ones);
  }

  static int[] dimensions(Constant constant) {
    return Arrays.stream(constant.integers()).mapToInt(Math::toIntExact).toArray();
  }

  /** A known map for each of the pictures, of which a map is there. */
  private static String writeKnown(LayerWriter to, TokenOperation.Known known) {
    String shape = to.node("Shape", to.x());
    String count = to.node("Gather", List.of(shape, to.integers(0)));
    String sizes =
        to.node("Concat", List.of(count, to.integers(1, 1, 1)), NodeWriter.with("axis", 0L));
    return to.node("Expand", List.of(to.tensors().get(0), sizes));
  }

  private static String writeRearranged(LayerWriter to, Operation.Rearrange r) {
    long[] split = new long[r.split().size() + 1];
    long[] order = new long[split.length];
    split[0] = -1;
    for (int i = 1; i < split.length; i++) {
      split[i] = r.split().get(i - 1);
      order[i] = r.order().get(i - 1) + 1L;
    }
    String parts = to.node("Reshape", List.of(to.x(), to.integers(split)));
    String ordered = to.node("Transpose", parts, NodeWriter.with("perm", order));
    return writeShaped(to, ordered, r.shape());
  }

  /** A value as N × channels × rows × columns. */
  static String writeShaped(LayerWriter to, String x, FeatureShape shape) {
    return to.node(
        "Reshape", List.of(x, to.integers(-1, shape.channels(), shape.height(), shape.width())));
  }
}
