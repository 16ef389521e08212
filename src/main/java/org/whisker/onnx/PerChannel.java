package org.whisker.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A known tensor that is combined with a view value by value: one number, or one for each channel.
 */
final class PerChannel {
  private final View view;
  private final double[] values;

  private PerChannel(View view, double[] values) {
    this.view = view;
    this.values = values;
  }

  /** The view, with the channels as one dimension where that was needed. */
  View view() {
    return view;
  }

  /** One, or as many as channels. */
  double[] values() {
    return values.clone();
  }

  static PerChannel of(Scope scope, View given, Constant constant) {
    View view = given.widened(constant.rank());
    int[] wide = wide(constant, view.rank());
    if (!Arrays.equals(Shapes.broadcast(view.shape(), wide), view.shape())) {
      view = repeated(scope, view, wide);
    }
    if (constant.uniform()) {
      return new PerChannel(view, new double[] {constant.number(0)});
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
    return new PerChannel(view, values(view, constant, wide));
  }

  /** The shape of a constant, with dimensions of size one in front. */
  static int[] wide(Constant constant, int rank) {
    int[] wide = new int[rank];
    Arrays.fill(wide, 1);
    System.arraycopy(constant.shape(), 0, wide, rank - constant.rank(), constant.rank());
    return wide;
  }

  /** Whether a dimension consists of channels alone. */
  static boolean isChannels(View view, int dimension) {
    return view.dims().get(dimension).stream().allMatch(f -> f.axis() == View.CHANNELS);
  }

  /** A map of one channel, repeated for a constant that has several. */
  private static View repeated(Scope scope, View view, int[] wide) {
    int[] shape = Shapes.broadcast(view.shape(), wide);
    int[] grown =
        IntStream.range(0, shape.length).filter(i -> shape[i] != view.shape()[i]).toArray();
    if (grown.length != 1 || view.axisSize(View.CHANNELS) != 1) {
      throw new IllegalArgumentException(
          "%s would be repeated to %s"
              .formatted(Arrays.toString(view.shape()), Arrays.toString(shape)));
    }
    List<Integer> parts = java.util.Collections.nCopies(shape[grown[0]], view.node());
    return view.withChannels(scope.draft().concat(parts), shape[grown[0]], grown[0]);
  }

  private static double[] values(View view, Constant constant, int[] wide) {
    int[] strides = Shapes.strides(wide);
    List<Integer> factors = view.own().get(View.CHANNELS);
    double[] values = new double[view.axisSize(View.CHANNELS)];
    for (int c = 0; c < values.length; c++) {
      int at = 0;
      for (int d = 0; d < wide.length; d++) {
        at += wide[d] == 1 ? 0 : index(view.dims().get(d), factors, c) * strides[d];
      }
      values[c] = constant.number(at);
    }
    return values;
  }

  /** The index along a dimension that consists of these factors of channel {@code c}. */
  private static int index(List<View.Factor> dim, List<Integer> factors, int c) {
    int index = 0;
    for (View.Factor f : dim) {
      int inner =
          factors.subList(f.index() + 1, factors.size()).stream().reduce(1, (a, b) -> a * b);
      index = index * factors.get(f.index()) + c / inner % factors.get(f.index());
    }
    return index;
  }
}
