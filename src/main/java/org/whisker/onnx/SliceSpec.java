package org.whisker.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.onnx.graph.GraphNode;

/** What a Slice takes from one axis: {@code count} indices from {@code start}, by {@code step}. */
record SliceSpec(int axis, int start, int count, int step) {
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
    if (step == 0 || Math.abs(step) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a slice by steps of " + step);
    }
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? size : size - 1L;
    long start = Math.max(step > 0 ? 0 : -1, Math.min(high, from < 0 ? from + size : from));
    long end = Math.max(low, Math.min(high, to < 0 ? to + size : to));
    long count = Math.max(0, (end - start + step - Long.signum(step)) / step);
    return new SliceSpec(axis, (int) start, (int) count, (int) step);
  }
}
