package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.network.TokenOperation;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;

/** Parts of tensors, and tensors joined from parts. */
final class PartOperators {
  private final Scope scope;
  private final GraphNode node;
  private final Parts parts;

  private PartOperators(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
    this.parts = new Parts(scope);
  }

  static List<Operator> all() {
    return List.of(
        of("Slice", PartOperators::slice)
            .computes(PartOperators::knownSlice)
            .writes(Operation.Cut.class, PartOperators::writeCut),
        of("Gather", PartOperators::gather)
            .limits("known indices")
            .computes(PartOperators::knownGather)
            .writes(TokenOperation.Pick.class, PartOperators::writePick),
        of("GatherND", PartOperators::gatherNd)
            .since(11)
            .limits("known indices")
            .computes(PartOperators::knownGatherNd),
        Operator.named("ScatterND").since(11).computes(PartOperators::knownScatter),
        of("Concat", PartOperators::concat)
            .computes(PartOperators::knownConcat)
            .writes(
                Layer.Concat.class,
                (to, concat) -> to.node("Concat", to.inputs(), NodeWriter.with("axis", 1L)))
            .writes(
                TokenOperation.Join.class,
                (to, join) ->
                    to.node(
                        "Concat",
                        to.inputs(),
                        NodeWriter.with("axis", (long) join.axis().dimension()))),
        Operator.named("Split")
            .reads((scope, node) -> new PartOperators(scope, node).split())
            .computesAll(PartOperators::knownSplit));
  }

  private static Operator of(String name, Function<PartOperators, View> reader) {
    return Operator.named(name)
        .reads((scope, node) -> List.of(reader.apply(new PartOperators(scope, node))));
  }

  private View x() {
    return scope.view(node, 0);
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
      picked[i] = index(indices.integer(i), size);
    }
    return inPlaceOf(parts.picked(x(), axis, picked), axis, indices.shape());
  }

  private static int index(long index, int size) {
    long found = index < 0 ? index + size : index;
    Checks.refuse(found < 0 || found >= size, "index %s of %s", index, size);
    return (int) found;
  }

  /** A view one of whose dimensions becomes several, or none. */
  private View inPlaceOf(View found, int axis, int[] dimensions) {
    if (dimensions.length == 1) {
      return found;
    }
    int[] from = found.shape();
    int[] to = new int[from.length - 1 + dimensions.length];
    System.arraycopy(from, 0, to, 0, axis);
    System.arraycopy(dimensions, 0, to, axis, dimensions.length);
    System.arraycopy(from, axis + 1, to, axis + dimensions.length, from.length - axis - 1);
    return scope.layout().reshaped(found, to);
  }

  /** Reads indices over several dimensions as ones of all these as a single dimension. */
  private View gatherNd() {
    Constant indices = scope.constant(node, 1);
    int[] shape = x().shape();
    int batch = Math.toIntExact(node.integer("batch_dims", 0));
    int[] at = indices.shape();
    Checks.refuse(
        at.length == 0
            || batch < 0
            || batch >= at.length
            || batch > 1
            || (batch == 1 && shape[0] > 1),
        "indices of shape %s with %s dimensions of the batch",
        Arrays.toString(at),
        batch);
    int depth = at[at.length - 1];
    Checks.refuse(depth < 1 || depth > shape.length - batch, "indices of %s dimensions", depth);
    int[] over = Arrays.copyOfRange(shape, batch, batch + depth);
    int[] picked = new int[indices.size() / depth];
    for (int i = 0; i < picked.length; i++) {
      for (int d = 0; d < depth; d++) {
        picked[i] = picked[i] * over[d] + index(indices.integer(i * depth + d), over[d]);
      }
    }
    int[] merged = new int[shape.length - depth + 1];
    System.arraycopy(shape, 0, merged, 0, batch);
    merged[batch] = (int) Constant.size(over);
    System.arraycopy(shape, batch + depth, merged, batch + 1, shape.length - batch - depth);
    View found = parts.picked(scope.layout().reshaped(x(), merged), batch, picked);
    return inPlaceOf(found, batch, Arrays.copyOfRange(at, batch, at.length - 1));
  }

  /** Parts of neighbouring indices, joined. */
  private List<View> split() {
    int axis = Shapes.axis(node.integer("axis", 0), x().rank());
    int size = x().shape()[axis];
    int[] sizes = splits(node, size, node.outputs().size(), scope.optional(node, 1));
    List<View> found = new ArrayList<>();
    int start = 0;
    for (int part : sizes) {
      found.add(parts.cut(x(), axis, start, part, 1));
      start += part;
    }
    return found;
  }

  private View concat() {
    List<Value> given = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Value value = scope.value(node, i);
      if (Constant.size(value.shape()) > 0) {
        given.add(value);
      }
    }
    int axis = Shapes.axis(node.integer("axis", 0), given.get(0).shape().length);
    List<View> views = given.stream().filter(View.class::isInstance).map(View.class::cast).toList();
    return views.size() == given.size()
        ? parts.joined(views, axis)
        : parts.joinedValues(given, axis);
  }

  private static Constant knownGather(Operator.KnownNode in) {
    int axis = Shapes.axis(in.node().integer("axis", 0), in.x().rank());
    int[] from = in.x().shape();
    long[] indices = in.at(1).integers();
    int[] at = in.at(1).shape();
    int[] to = new int[from.length - 1 + at.length];
    System.arraycopy(from, 0, to, 0, axis);
    System.arraycopy(at, 0, to, axis, at.length);
    System.arraycopy(from, axis + 1, to, axis + at.length, from.length - axis - 1);
    int inner = (int) Constant.size(Arrays.copyOfRange(from, axis + 1, from.length));
    int[] picked = new int[in.budget().take(to)];
    int each = Math.max(1, indices.length * inner);
    for (int i = 0; i < picked.length; i++) {
      long index = indices[i % each / inner];
      long row = index < 0 ? index + from[axis] : index;
      if (row < 0 || row >= from[axis]) {
        throw new IllegalArgumentException("index " + index + " of " + from[axis]);
      }
      picked[i] = Math.toIntExact((i / each * (long) from[axis] + row) * inner + i % inner);
    }
    return in.x().picked(to, picked);
  }

  /** Where the values lie that indices over the first dimensions stand for. */
  private static int[] starts(Constant indices, int[] shape, int inner) {
    int depth = indices.rank() == 0 ? 0 : indices.shape()[indices.rank() - 1];
    Checks.refuse(depth < 1 || depth > shape.length, "indices of %s dimensions", depth);
    int[] starts = new int[indices.size() / depth];
    for (int i = 0; i < starts.length; i++) {
      for (int d = 0; d < depth; d++) {
        starts[i] = starts[i] * shape[d] + index(indices.integer(i * depth + d), shape[d]);
      }
      starts[i] *= inner;
    }
    return starts;
  }

  /** The dimensions that indices over the first ones leave. */
  private static int[] behind(Constant indices, int[] shape) {
    int depth = indices.rank() == 0 ? 0 : indices.shape()[indices.rank() - 1];
    return Arrays.copyOfRange(shape, Math.min(depth, shape.length), shape.length);
  }

  private static Constant knownGatherNd(Operator.KnownNode in) {
    Checks.refuse(in.node().integer("batch_dims", 0) != 0, "known tensors of a batch");
    int[] inner = behind(in.at(1), in.x().shape());
    int each = (int) Constant.size(inner);
    int[] starts = starts(in.at(1), in.x().shape(), each);
    int[] at = in.at(1).shape();
    int[] to = Arrays.copyOf(at, at.length - 1 + inner.length);
    System.arraycopy(inner, 0, to, at.length - 1, inner.length);
    int[] picked = new int[in.budget().take(to)];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = starts[i / each] + i % each;
    }
    return in.x().picked(to, picked);
  }

  /** Known values put in the place of others. */
  private static Constant knownScatter(Operator.KnownNode in) {
    Checks.require(in.node().text("reduction", "none").equals("none"), "values that are added up");
    Constant x = in.x();
    Constant updates = in.at(2);
    int each = (int) Constant.size(behind(in.at(1), x.shape()));
    int[] starts = starts(in.at(1), x.shape(), each);
    Checks.require(
        updates.size() == (long) starts.length * each,
        "%s values for %s",
        updates.size(),
        starts.length);
    in.budget().take(x.shape());
    double[] values = IntStream.range(0, x.size()).mapToDouble(x::number).toArray();
    for (int i = 0; i < updates.size(); i++) {
      values[starts[i / each] + i % each] = updates.number(i);
    }
    return ArithmeticOperators.like(x, x.shape(), values);
  }

  private static String writePick(LayerWriter to, TokenOperation.Pick pick) {
    long[] indices = pick.indices().stream().mapToLong(Integer::longValue).toArray();
    return to.node(
        "Gather",
        List.of(to.x(), to.integers(indices)),
        NodeWriter.with("axis", (long) pick.axis().dimension()));
  }

  private static Constant knownSlice(Operator.KnownNode in) {
    int[] shape = in.x().shape();
    int[] strides = Shapes.strides(shape);
    int start = 0;
    for (SliceSpec spec : SliceSpec.of(in.node(), shape.clone(), in::optional)) {
      start += spec.start() * strides[spec.axis()];
      shape[spec.axis()] = spec.count();
      strides[spec.axis()] *= spec.step();
    }
    return in.x().picked(shape, Shapes.walk(shape, strides, start));
  }

  private static List<Constant> knownSplit(Operator.KnownNode in) {
    int axis = Shapes.axis(in.node().integer("axis", 0), in.x().rank());
    int[] parts =
        splits(in.node(), in.x().shape()[axis], in.node().outputs().size(), in.optional(1));
    List<Constant> found = new ArrayList<>();
    int[] strides = Shapes.strides(in.x().shape());
    int start = 0;
    for (int part : parts) {
      int[] shape = in.x().shape();
      shape[axis] = part;
      found.add(in.x().picked(shape, Shapes.walk(shape, strides, start * strides[axis])));
      start += part;
    }
    return found;
  }

  /** The sizes of the parts of a Split. */
  private static int[] splits(GraphNode node, int size, int outputs, @Nullable Constant given) {
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

  private static Constant knownConcat(Operator.KnownNode in) {
    int axis = Shapes.axis(in.node().integer("axis", 0), in.x().rank());
    int[] shape = in.x().shape();
    shape[axis] = 0;
    for (int i = 0; i < in.inputs().size(); i++) {
      shape[axis] += in.at(i).shape()[axis];
    }
    int size = in.budget().take(shape);
    int inner = (int) Constant.size(Arrays.copyOfRange(shape, axis + 1, shape.length));
    int outer = (int) Constant.size(Arrays.copyOf(shape, axis));
    float[] floats = new float[in.x().floating() ? size : 0];
    long[] integers = new long[in.x().floating() ? 0 : size];
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < in.inputs().size(); i++) {
        int each = in.at(i).shape()[axis] * inner;
        for (int k = 0; k < each; k++, at++) {
          if (in.x().floating()) {
            floats[at] = (float) in.at(i).number(o * each + k);
          } else {
            integers[at] = in.at(i).integer(o * each + k);
          }
        }
      }
    }
    return in.x().floating()
        ? Constant.floats(shape, floats)
        : Constant.integers(in.x().type(), shape, integers);
  }

  private static String writeCut(LayerWriter to, Operation.Cut cut) {
    List<Operation.Range> ranges = List.of(cut.channels(), cut.rows(), cut.columns());
    return writeSlice(
        to,
        to.x(),
        ranges.stream().mapToLong(Operation.Range::from).toArray(),
        ranges.stream().mapToLong(Operation.Range::to).toArray(),
        new long[] {1, 2, 3},
        ranges.stream().mapToLong(Operation.Range::step).toArray());
  }

  static String writeSlice(
      LayerWriter to, String x, long[] starts, long[] ends, long[] axes, long[] steps) {
    return to.node(
        "Slice",
        List.of(x, to.integers(starts), to.integers(ends), to.integers(axes), to.integers(steps)));
  }

  /**
   * What a Slice takes from one axis: {@code count} indices from {@code start}, by {@code step}.
   */
  private record SliceSpec(int axis, int start, int count, int step) {
    /**
     * Reads a Slice node: attributes before opset 10, inputs since.
     *
     * @param input the constant at an input; null if it is left out
     */
    static List<SliceSpec> of(GraphNode node, int[] shape, IntFunction<@Nullable Constant> input) {
      boolean attributes = node.has("starts");
      long[] starts = attributes ? node.integers("starts") : given(input.apply(1), new long[0]);
      long[] ends = attributes ? node.integers("ends") : given(input.apply(2), new long[0]);
      long[] all = IntStream.range(0, starts.length).asLongStream().toArray();
      long[] ones = IntStream.range(0, starts.length).mapToLong(i -> 1).toArray();
      long[] axes = node.has("axes") ? node.integers("axes") : given(input.apply(3), all);
      long[] steps = attributes ? ones : given(input.apply(4), ones);
      if (ends.length != starts.length || axes.length != starts.length) {
        throw new IllegalArgumentException("starts, ends and axes differ in number");
      }
      List<SliceSpec> specs = new ArrayList<>();
      for (int i = 0; i < starts.length; i++) {
        int axis = Shapes.axis(axes[i], shape.length);
        specs.add(of(axis, shape[axis], starts[i], ends[i], steps[i]));
      }
      return specs;
    }

    private static long[] given(@Nullable Constant constant, long[] otherwise) {
      return constant == null ? otherwise : constant.integers();
    }

    private static SliceSpec of(int axis, int size, long from, long to, long step) {
      Checks.refuse(
          step == 0 || Math.abs(step) > Integer.MAX_VALUE, "a slice by steps of %s", step);
      long low = step > 0 ? 0 : -1;
      long high = step > 0 ? size : size - 1L;
      long start = Math.max(step > 0 ? 0 : -1, Math.min(high, from < 0 ? from + size : from));
      long end = Math.max(low, Math.min(high, to < 0 ? to + size : to));
      long count = Math.max(0, (end - start + step - Long.signum(step)) / step);
      return new SliceSpec(axis, (int) start, (int) count, (int) step);
    }
  }
}
