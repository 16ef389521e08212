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
import org.whisker.network.Operation.Pad;

/** Reshapes, transposes, parts and joins. */
final class ShapeOps {
  private static final int MOST_PARTS = 64;

  private final Scope scope;
  private final GraphNode node;

  private ShapeOps(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
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
      case "Pad" -> pad();
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
      x = cut(x, spec.axis(), spec.start(), spec.count(), spec.step());
    }
    return x;
  }

  private View cut(View given, int dimension, int start, int count, int step) {
    int size = given.shape()[dimension];
    if (count == size && step == 1) {
      return given;
    }
    if (count < 1) {
      throw new IllegalArgumentException("nothing is left of dimension " + dimension);
    }
    if (step < 0) {
      int[] indices = IntStream.range(0, count).map(i -> start + i * step).toArray();
      return picked(given, dimension, indices);
    }
    View x = cuttable(given, dimension, step) ? given : scope.layout().channels(given, dimension);
    View.Factor factor = x.dims().get(dimension).get(0);
    Operation.Range[] ranges = new Operation.Range[3];
    for (int axis = 0; axis < 3; axis++) {
      ranges[axis] = Operation.Range.all(x.axisSize(axis));
    }
    int inner = x.axisSize(factor.axis()) / size;
    ranges[factor.axis()] =
        inner == 1
            ? WindowOps.range(start, count, step)
            : new Operation.Range(start * inner, (start + count) * inner, 1);
    int made = scope.draft().cut(x.node(), ranges[0], ranges[1], ranges[2]);
    return x.withFactor(made, factor, count);
  }

  /** Whether a dimension is an axis of the map, or the outermost factor of one. */
  private static boolean cuttable(View view, int dimension, int step) {
    List<View.Factor> dim = view.dims().get(dimension);
    return dim.size() == 1
        && dim.get(0).index() == 0
        && (step == 1 || view.own().get(dim.get(0).axis()).size() == 1);
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
    View found = picked(x(), axis, picked);
    return indices.rank() == 0 ? found.dropped(axis) : found;
  }

  /** Parts of neighbouring indices, joined. */
  private View picked(View x, int dimension, int[] indices) {
    List<View> parts = new ArrayList<>();
    for (int i = 0; i < indices.length; ) {
      int count = 1;
      while (i + count < indices.length && indices[i + count] == indices[i] + count) {
        count++;
      }
      parts.add(cut(x, dimension, indices[i], count, 1));
      i += count;
      if (parts.size() > MOST_PARTS) {
        throw new IllegalArgumentException("indices in another order can't be read");
      }
    }
    return joined(parts, dimension);
  }

  private List<View> split() {
    int axis = Shapes.axis(node.integer("axis", 0), x().rank());
    int size = x().shape()[axis];
    int[] parts = Folding.splits(node, size, node.outputs().size(), scope.optional(node, 1));
    List<View> found = new ArrayList<>();
    int start = 0;
    for (int part : parts) {
      found.add(cut(x(), axis, start, part, 1));
      start += part;
    }
    return found;
  }

  private View concat() {
    List<View> parts = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      parts.add(scope.view(node, i));
    }
    return joined(parts, Shapes.axis(node.integer("axis", 0), parts.get(0).rank()));
  }

  private View joined(List<View> given, int dimension) {
    if (given.size() == 1) {
      return given.get(0);
    }
    checkFit(given, dimension);
    List<View> parts = given;
    if (!alike(parts, dimension)) {
      parts = new ArrayList<>();
      for (View view : given) {
        View straight =
            view.rank() == 4
                ? scope.layout().map(view)
                : view.rank() == 2 ? scope.layout().vector(view) : view;
        parts.add(scope.layout().channels(straight, dimension));
      }
    }
    if (!alike(parts, dimension)) {
      throw new IllegalArgumentException("maps of different layouts can't be joined");
    }
    int made = scope.draft().concat(parts.stream().map(View::node).toList());
    return parts.get(0).withChannels(made, scope.draft().shape(made).channels(), dimension);
  }

  private static void checkFit(List<View> parts, int dimension) {
    int[] first = parts.get(0).shape();
    for (View part : parts) {
      int[] shape = part.shape();
      if (shape.length == first.length) {
        shape[dimension] = first[dimension];
      }
      if (!Arrays.equals(shape, first)) {
        throw new IllegalArgumentException(
            "cannot join %s and %s"
                .formatted(Arrays.toString(part.shape()), Arrays.toString(first)));
      }
    }
  }

  /** Whether the dimension is the channels of all, and all else is the same. */
  private static boolean alike(List<View> parts, int dimension) {
    View first = parts.get(0);
    for (View part : parts) {
      List<List<View.Factor>> dims = new ArrayList<>(part.dims());
      dims.set(dimension, first.dims().get(dimension));
      boolean channels =
          part.dims().get(dimension).equals(part.whole(View.CHANNELS))
              && part.own().get(View.CHANNELS).size() <= 1;
      if (!channels
          || !dims.equals(first.dims())
          || !part.own().subList(1, 3).equals(first.own().subList(1, 3))) {
        return false;
      }
    }
    return true;
  }

  private View pad() {
    String mode = node.text("mode", "constant");
    Constant given = scope.optional(node, 1);
    long[] pads = given == null ? node.integers("pads") : given.integers();
    Constant filled = scope.optional(node, 2);
    double value = filled == null ? node.number("value", 0) : filled.number(0);
    if (mode.equals("constant") && value != 0) {
      throw new IllegalArgumentException("padding with " + value + " can't be read, only with 0");
    }
    int[] all = spread(pads, scope.optional(node, 3));
    View x = axes(x(), all) == null ? scope.layout().map(x()) : x();
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
    if (pads.length != 2 * named) {
      throw new IllegalArgumentException(pads.length + " pads for " + named + " dimensions");
    }
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
      x = cut(x, i, start, x.shape()[i] - start - end, 1);
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
    boolean linear = ResizeTarget.linear(node);
    int made = scope.draft().add(new Operation.Resize(to[0], to[1], linear), x.node());
    return View.map(made, scope.draft().shape(made));
  }
}
