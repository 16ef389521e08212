package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphNode;

/** Reshapes, transposes, parts and joins. */
final class ShapeOps {
  private final Scope scope;
  private final GraphNode node;
  private final Parts parts;

  private ShapeOps(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
    this.parts = new Parts(scope);
  }

  /** The outputs; empty for other operators. */
  static Optional<List<? extends Value>> of(Scope scope, GraphNode node) {
    ShapeOps ops = new ShapeOps(scope, node);
    if (node.op().equals("Split")) {
      return Optional.of(ops.split());
    }
    Value value = ops.result();
    return value == null ? Optional.empty() : Optional.of(List.of(value));
  }

  private @Nullable Value result() {
    return switch (node.op()) {
      case "Identity", "Dropout" -> x();
      case "Cast" -> cast(node.integer("to", 1));
      case "CastLike" -> x();
      case "Shape" -> Folding.shape(node, x().shape());
      case "Size" -> Constant.integers(DataType.INT64, new int[0], Constant.size(x().shape()));
      case "Reshape" -> reshape();
      case "Flatten" -> flatten();
      case "Squeeze" -> reshaped(x(), Shapes.squeezed(x().shape(), axes()));
      case "Unsqueeze" -> reshaped(x(), Shapes.unsqueezed(x().shape(), axes()));
      case "Transpose" -> x().transposed(Shapes.permutation(node.integers("perm"), x().rank()));
      case "DepthToSpace" -> depthToSpace();
      case "SpaceToDepth" -> spaceToDepth();
      case "Slice" -> slice();
      case "Gather" -> gather();
      case "Concat" -> concat();
      case "Pad" -> PadOps.of(scope, node);
      case "Expand" -> expand();
      case "Tile" -> tile();
      case "Resize", "Upsample" -> resize();
      default -> null;
    };
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

  private View slice() {
    View x = x();
    for (SliceSpec spec : SliceSpec.of(node, x.shape(), i -> scope.optional(node, i))) {
      x = parts.cut(x, spec.axis(), spec.start(), spec.count(), spec.step());
    }
    return x;
  }

  private View gather() {
    Constant indices = scope.constant(node, 1);
    int axis = Shapes.axis(node.integer("axis", 0), x().rank());
    int size = x().shape()[axis];
    int[] picked = new int[indices.size()];
    for (int i = 0; i < picked.length; i++) {
      long index = indices.integer(i);
      picked[i] = Math.toIntExact(index < 0 ? index + size : index);
      if (picked[i] < 0 || picked[i] >= size) {
        throw new IllegalArgumentException("index " + index + " of " + size);
      }
    }
    if (indices.rank() > 1) {
      throw new IllegalArgumentException("indices of rank " + indices.rank() + " can't be read");
    }
    View found = parts.picked(x(), axis, picked);
    return indices.rank() == 0 ? found.dropped(axis) : found;
  }

  /** Parts of neighbouring indices, joined. */
  private List<View> split() {
    int axis = Shapes.axis(node.integer("axis", 0), x().rank());
    int size = x().shape()[axis];
    int[] sizes = Folding.splits(node, size, node.outputs().size(), scope.optional(node, 1));
    List<View> found = new ArrayList<>();
    int start = 0;
    for (int part : sizes) {
      found.add(parts.cut(x(), axis, start, part, 1));
      start += part;
    }
    return found;
  }

  private View concat() {
    List<View> given = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      given.add(scope.view(node, i));
    }
    return parts.joined(given, Shapes.axis(node.integer("axis", 0), given.get(0).rank()));
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

  /** The only channel of a map, repeated. */
  private View repeated(View x, int[] to) {
    int[] shape = x.shape();
    int[] grown = IntStream.range(0, to.length).filter(i -> to[i] != shape[i]).toArray();
    if (grown.length == 0) {
      return x;
    }
    if (grown.length > 1 || x.axisSize(View.CHANNELS) != 1 || to[grown[0]] > 4096) {
      throw new IllegalArgumentException(
          "%s repeated to %s can't be read".formatted(Arrays.toString(shape), Arrays.toString(to)));
    }
    List<Integer> parts = Collections.nCopies(to[grown[0]], x.node());
    return x.withChannels(scope.draft().concat(parts), to[grown[0]], grown[0]);
  }

  private View resize() {
    View x = scope.layout().map(x());
    FeatureShape in = scope.draft().shape(x.node());
    int[] to = ResizeTarget.of(scope, node, in);
    if (to[0] == in.height() && to[1] == in.width()) {
      return x;
    }
    boolean enlarged = to[0] % in.height() == 0 && to[1] % in.width() == 0;
    boolean linear = ResizeTarget.linear(scope, node, enlarged);
    int made = scope.draft().add(new Operation.Resize(to[0], to[1], linear), x.node());
    return View.map(made, scope.draft().shape(made));
  }
}
