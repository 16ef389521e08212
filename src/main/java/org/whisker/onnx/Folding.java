package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphNode;

/**
 * Computes nodes all of whose inputs are known, such as the Shape, Gather, Concat, Reshape chains
 * of exports with a dynamic batch.
 */
final class Folding {
  private final GraphNode node;
  private final List<@Nullable Constant> inputs;

  private Folding(GraphNode node, List<@Nullable Constant> inputs) {
    this.node = node;
    this.inputs = inputs;
  }

  /**
   * The outputs of a node; empty for operators that aren't computed here.
   *
   * @param inputs null where one is left out
   */
  static Optional<List<Constant>> of(GraphNode node, List<@Nullable Constant> inputs) {
    Folding folding = new Folding(node, inputs);
    if (node.op().equals("Split")) {
      return Optional.of(folding.split());
    }
    return FoldedMath.of(node, inputs)
        .or(() -> FoldedNorms.of(node, inputs))
        .or(folding::moved)
        .map(List::of);
  }

  private Optional<Constant> moved() {
    return Optional.ofNullable(
        switch (node.op()) {
          case "Identity", "Dropout" -> x();
          case "Cast" -> cast(node.integer("to", 1));
          case "CastLike" -> cast(at(1).type().number());
          case "ConstantOfShape" -> filled();
          case "Range" -> range();
          case "Shape" -> shape(node, x().shape());
          case "Size" -> Constant.integers(DataType.INT64, new int[0], x().size());
          case "Gather" -> gather();
          case "Slice" -> slice();
          case "Concat" -> concat();
          case "Reshape" -> reshape();
          case "Squeeze" -> x().reshaped(Shapes.squeezed(x().shape(), axes()));
          case "Unsqueeze" -> x().reshaped(Shapes.unsqueezed(x().shape(), axes()));
          case "Flatten" -> flatten();
          case "Transpose" -> transpose();
          case "Expand" -> expand();
          case "Tile" -> tile();
          case "Where" -> where();
          case "ReduceProd",
              "ReduceSum",
              "ReduceMax",
              "ReduceMin",
              "ReduceMean",
              "ReduceL1",
              "ReduceL2",
              "ReduceSumSquare" ->
              reduce();
          default -> null;
        });
  }

  private Constant x() {
    return at(0);
  }

  private Constant at(int i) {
    return at(inputs, i);
  }

  /** An input that a node needs. */
  static Constant at(List<@Nullable Constant> inputs, int i) {
    Constant constant = i < inputs.size() ? inputs.get(i) : null;
    if (constant == null) {
      throw new IllegalArgumentException("input " + i + " is missing");
    }
    return constant;
  }

  private @Nullable Constant optional(int i) {
    return i < inputs.size() ? inputs.get(i) : null;
  }

  /** Axes as an attribute, or since opset 13 as an input. */
  private long[] axes() {
    Constant given = optional(1);
    return given == null ? node.integers("axes") : given.integers();
  }

  /** The dimensions of a tensor as Shape gives them; a part of them since opset 15. */
  static Constant shape(GraphNode node, int[] shape) {
    int rank = shape.length;
    int start = bound(node.integer("start", 0), rank);
    int end = bound(node.integer("end", rank), rank);
    return Constant.vector(
        IntStream.range(start, Math.max(start, end)).mapToLong(i -> shape[i]).toArray());
  }

  private static int bound(long at, int rank) {
    return (int) Math.max(0, Math.min(rank, at < 0 ? at + rank : at));
  }

  private Constant cast(long to) {
    DataType type =
        DataType.of((int) to)
            .orElseThrow(() -> new IllegalArgumentException("a cast to type " + to));
    if (type.floating()) {
      return Constant.floats(x().shape(), x().floats());
    }
    long[] values = x().integers();
    if (type == DataType.BOOL) {
      for (int i = 0; i < values.length; i++) {
        values[i] = x().number(i) == 0 ? 0 : 1;
      }
    }
    return Constant.integers(type, x().shape(), values);
  }

  private Constant filled() {
    int[] shape = dimensions(x());
    int size = Constant.allocatable(shape);
    Constant value = optional(1);
    if (value == null) {
      return Constant.floats(shape, new float[size]);
    }
    return value.picked(shape, new int[size]);
  }

  private static int[] dimensions(Constant constant) {
    return Arrays.stream(constant.integers()).mapToInt(Math::toIntExact).toArray();
  }

  private Constant range() {
    double start = x().number(0);
    double step = at(2).number(0);
    double count = Math.max(0, Math.ceil((at(1).number(0) - start) / step));
    if (!(count <= Constant.LARGEST)) {
      throw new IllegalArgumentException("a range of " + count + " numbers");
    }
    int[] shape = {(int) count};
    if (x().floating()) {
      float[] values = new float[shape[0]];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (start + i * step);
      }
      return Constant.floats(shape, values);
    }
    return Constant.integers(
        x().type(),
        shape,
        IntStream.range(0, shape[0]).mapToLong(i -> (long) (start + i * step)).toArray());
  }

  private Constant gather() {
    int axis = Shapes.axis(node.integer("axis", 0), x().rank());
    int[] from = x().shape();
    long[] indices = at(1).integers();
    int[] at = at(1).shape();
    int[] to = new int[from.length - 1 + at.length];
    System.arraycopy(from, 0, to, 0, axis);
    System.arraycopy(at, 0, to, axis, at.length);
    System.arraycopy(from, axis + 1, to, axis + at.length, from.length - axis - 1);
    int inner = (int) Constant.size(Arrays.copyOfRange(from, axis + 1, from.length));
    int[] picked = new int[Constant.allocatable(to)];
    int each = Math.max(1, indices.length * inner);
    for (int i = 0; i < picked.length; i++) {
      long index = indices[i % each / inner];
      long row = index < 0 ? index + from[axis] : index;
      if (row < 0 || row >= from[axis]) {
        throw new IllegalArgumentException("index " + index + " of " + from[axis]);
      }
      picked[i] = Math.toIntExact((i / each * (long) from[axis] + row) * inner + i % inner);
    }
    return x().picked(to, picked);
  }

  private Constant slice() {
    int[] shape = x().shape();
    int[] strides = Shapes.strides(shape);
    int start = 0;
    for (SliceSpec spec : SliceSpec.of(node, shape.clone(), this::optional)) {
      start += spec.start() * strides[spec.axis()];
      shape[spec.axis()] = spec.count();
      strides[spec.axis()] *= spec.step();
    }
    return x().picked(shape, Shapes.walk(shape, strides, start));
  }

  private List<Constant> split() {
    int axis = Shapes.axis(node.integer("axis", 0), x().rank());
    int[] parts = splits(node, x().shape()[axis], node.outputs().size(), optional(1));
    List<Constant> found = new ArrayList<>();
    int[] strides = Shapes.strides(x().shape());
    int start = 0;
    for (int part : parts) {
      int[] shape = x().shape();
      shape[axis] = part;
      found.add(x().picked(shape, Shapes.walk(shape, strides, start * strides[axis])));
      start += part;
    }
    return found;
  }

  /** The sizes of the parts of a Split. */
  static int[] splits(GraphNode node, int size, int outputs, @Nullable Constant given) {
    long[] sizes = given == null ? node.integers("split") : given.integers();
    int[] parts = new int[outputs];
    int each = (size + outputs - 1) / outputs;
    for (int i = 0; i < outputs; i++) {
      parts[i] =
          sizes.length == 0
              ? Math.max(0, Math.min(each, size - i * each))
              : Math.toIntExact(sizes[i]);
    }
    if (Arrays.stream(parts).sum() != size || Arrays.stream(parts).anyMatch(p -> p < 1)) {
      throw new IllegalArgumentException(size + " is not split into " + Arrays.toString(parts));
    }
    return parts;
  }

  private Constant concat() {
    int axis = Shapes.axis(node.integer("axis", 0), x().rank());
    int[] shape = x().shape();
    shape[axis] = 0;
    for (int i = 0; i < inputs.size(); i++) {
      shape[axis] += at(i).shape()[axis];
    }
    int size = Constant.allocatable(shape);
    int inner = (int) Constant.size(Arrays.copyOfRange(shape, axis + 1, shape.length));
    int outer = (int) Constant.size(Arrays.copyOf(shape, axis));
    float[] floats = new float[x().floating() ? size : 0];
    long[] integers = new long[x().floating() ? 0 : size];
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inputs.size(); i++) {
        int each = at(i).shape()[axis] * inner;
        for (int k = 0; k < each; k++, at++) {
          if (x().floating()) {
            floats[at] = (float) at(i).number(o * each + k);
          } else {
            integers[at] = at(i).integer(o * each + k);
          }
        }
      }
    }
    return x().floating()
        ? Constant.floats(shape, floats)
        : Constant.integers(x().type(), shape, integers);
  }

  private Constant reshape() {
    return x().reshaped(
            Shapes.reshaped(x().shape(), at(1).integers(), node.integer("allowzero", 0) == 1));
  }

  private Constant flatten() {
    int[] shape = x().shape();
    int axis = bound(node.integer("axis", 1), shape.length);
    int outer = (int) Constant.size(Arrays.copyOf(shape, axis));
    return x().reshaped(outer, outer == 0 ? 0 : x().size() / outer);
  }

  private Constant transpose() {
    int[] from = x().shape();
    int[] order = Shapes.permutation(node.integers("perm"), from.length);
    int[] strides = Shapes.strides(from);
    int[] to = Arrays.stream(order).map(i -> from[i]).toArray();
    return x().picked(to, Shapes.walk(to, Arrays.stream(order).map(i -> strides[i]).toArray(), 0));
  }

  private Constant expand() {
    int[] to = Shapes.broadcast(x().shape(), dimensions(at(1)));
    Constant.allocatable(to);
    return x().picked(to, Shapes.sources(x().shape(), to));
  }

  private Constant tile() {
    int[] from = x().shape();
    int[] times = dimensions(at(1));
    int[] to = new int[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.multiplyExact(from[i], times[i]);
    }
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
    return x().picked(to, ones);
  }

  private Constant where() {
    int[] to = Shapes.broadcast(Shapes.broadcast(x().shape(), at(1).shape()), at(2).shape());
    Constant.allocatable(to);
    int[] condition = Shapes.sources(x().shape(), to);
    int[] yes = Shapes.sources(at(1).shape(), to);
    int[] no = Shapes.sources(at(2).shape(), to);
    double[] values = new double[condition.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = x().integer(condition[i]) != 0 ? at(1).number(yes[i]) : at(2).number(no[i]);
    }
    return FoldedMath.like(at(1), to, values);
  }

  private Constant reduce() {
    int[] shape = x().shape();
    long[] axes = axes();
    boolean[] over = new boolean[shape.length];
    for (long axis : axes) {
      over[Shapes.axis(axis, shape.length)] = true;
    }
    int[] kept = shape.clone();
    for (int i = 0; i < shape.length; i++) {
      kept[i] = over[i] || axes.length == 0 ? 1 : shape[i];
    }
    int[] strides = Shapes.strides(kept);
    for (int i = 0; i < shape.length; i++) {
      strides[i] = kept[i] == 1 ? 0 : strides[i];
    }
    double[] values = FoldedMath.reduced(node.op(), x(), Shapes.walk(shape, strides, 0), kept);
    Constant found = FoldedMath.like(x(), kept, values);
    if (node.integer("keepdims", 1) == 1) {
      return found;
    }
    long[] gone =
        IntStream.range(0, shape.length)
            .filter(i -> over[i] || axes.length == 0)
            .asLongStream()
            .toArray();
    return found.reshaped(Shapes.squeezed(kept, gone));
  }
}
