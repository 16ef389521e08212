package org.whisker.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.weights.Weights.Tensor;

/**
 * A known tensor that is combined with a view value by value: one number, one for each channel, or
 * one for each position.
 */
final class Broadcast {
  private final View view;
  private final double[] values;

  private Broadcast(View view, double[] values) {
    this.view = view;
    this.values = values;
  }

  /** The view, with the channels as one dimension where that was needed. */
  View view() {
    return view;
  }

  /** The number of values, one or as many as channels. */
  double[] values() {
    return values.clone();
  }

  /**
   * A view and the numbers that its channels are combined with.
   *
   * @throws IllegalArgumentException if the numbers differ between positions
   */
  static Broadcast perChannel(Scope scope, View given, Constant constant) {
    View view = given.widened(constant.rank());
    int[] wide = wide(constant, view.rank());
    if (!Arrays.equals(Shapes.broadcast(view.shape(), wide), view.shape())) {
      view = scope.layout().repeated(view, Shapes.broadcast(view.shape(), wide));
    }
    if (constant.uniform()) {
      return new Broadcast(view, new double[] {constant.number(0)});
    }
    int[] varying = IntStream.range(0, wide.length).filter(i -> wide[i] > 1).toArray();
    if (varying.length == 1 && !isChannels(view, varying[0])) {
      view = scope.layout().channels(view, varying[0]);
    }
    for (int i : varying) {
      if (!isChannels(view, i)) {
        throw new IllegalArgumentException(
            "a constant of shape %s differs between positions of %s"
                .formatted(Arrays.toString(constant.shape()), Arrays.toString(view.shape())));
      }
    }
    return new Broadcast(view, values(view, constant));
  }

  /** The shape of a constant, with dimensions of size one in front. */
  private static int[] wide(Constant constant, int rank) {
    int[] wide = new int[rank];
    Arrays.fill(wide, 1);
    System.arraycopy(constant.shape(), 0, wide, rank - constant.rank(), constant.rank());
    return wide;
  }

  /** Whether a dimension consists of channels alone. */
  private static boolean isChannels(View view, int dimension) {
    return view.dims().get(dimension).stream().allMatch(f -> f.axis() == View.CHANNELS);
  }

  private static double[] values(View view, Constant constant) {
    int[] strides = Shapes.repeating(constant.shape(), view.rank());
    double[] values = new double[view.axisSize(View.CHANNELS)];
    Arrays.setAll(values, c -> constant.number(view.element(strides, c, 0, 0)));
    return values;
  }

  /** Whether a constant differs between positions of a view. */
  static boolean differsByPosition(View given, Constant constant) {
    View view = given.widened(constant.rank());
    int[] wide = wide(constant, view.rank());
    int[] varying = IntStream.range(0, wide.length).filter(i -> wide[i] > 1).toArray();
    return varying.length > 1
        && !constant.uniform()
        && Arrays.equals(Shapes.broadcast(view.shape(), wide), view.shape())
        && !Arrays.stream(varying).allMatch(i -> isChannels(view, i));
  }

  /** Whether a constant has several numbers that are not one for each channel. */
  static boolean differs(View given, Constant constant) {
    View view = given.widened(constant.rank());
    int[] wide = wide(constant, view.rank());
    int[] varying = IntStream.range(0, wide.length).filter(i -> wide[i] > 1).toArray();
    return !constant.uniform()
        && (varying.length > 1
            || !Arrays.equals(Shapes.broadcast(view.shape(), wide), view.shape()))
        && !Arrays.stream(varying).allMatch(i -> isChannels(view, i));
  }

  /**
   * The view plus {@code sign} times a constant that differs between positions, such as a mean
   * image.
   */
  static View shifted(Scope scope, View given, Constant constant, int sign) {
    View view = given.widened(constant.rank());
    FeatureShape shape = scope.draft().shape(view.node());
    int[] sizes = {shape.channels(), shape.height(), shape.width()};
    Tensor bias =
        Tensor.of(
            Arrays.stream(sizes).boxed().toList(),
            eachValue(view, sizes, Constant.allocatable(sizes), constant, sign));
    int made =
        scope
            .draft()
            .add(new Operation.Shift(shape), Map.of("bias", bias), scope.draft().map(view.node()));
    return view.of(made);
  }

  private static float[] eachValue(View view, int[] sizes, int count, Constant constant, int sign) {
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
