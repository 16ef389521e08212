package org.whisker.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.whisker.network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.weights.Tensor;

/** A known tensor that is added to a view and differs between positions, such as a mean image. */
final class PerPosition {
  private PerPosition() {}

  /** Whether a constant differs between positions of a view. */
  static boolean differs(View given, Constant constant) {
    View view = given.widened(constant.rank());
    int[] wide = PerChannel.wide(constant, view.rank());
    int[] varying = IntStream.range(0, wide.length).filter(i -> wide[i] > 1).toArray();
    return varying.length > 1
        && !constant.uniform()
        && Arrays.equals(Shapes.broadcast(view.shape(), wide), view.shape())
        && !Arrays.stream(varying).allMatch(i -> PerChannel.isChannels(view, i));
  }

  /** The view plus {@code sign} times the constant. */
  static View shifted(Scope scope, View given, Constant constant, int sign) {
    View view = given.widened(constant.rank());
    FeatureShape shape = scope.draft().shape(view.node());
    int[] sizes = {shape.channels(), shape.height(), shape.width()};
    Tensor bias =
        Tensor.of(
            Arrays.stream(sizes).boxed().toList(),
            values(view, sizes, Constant.allocatable(sizes), constant, sign));
    int made =
        scope
            .draft()
            .add(new Operation.Shift(shape), Map.of("bias", bias), scope.draft().map(view.node()));
    return view.of(made);
  }

  private static float[] values(View view, int[] sizes, int count, Constant constant, int sign) {
    int[] strides = Shapes.repeating(constant.shape(), view.rank());
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int row = i / sizes[2];
      int element = view.element(strides, row / sizes[1], row % sizes[1], i % sizes[2]);
      values[i] = (float) (sign * constant.number(element));
    }
    return values;
  }
}
