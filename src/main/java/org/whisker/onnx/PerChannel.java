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
    return new PerChannel(view, values(view, constant));
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

  private static double[] values(View view, Constant constant) {
    int[] strides = Shapes.repeating(constant.shape(), view.rank());
    double[] values = new double[view.axisSize(View.CHANNELS)];
    Arrays.setAll(values, c -> constant.number(view.element(strides, c, 0, 0)));
    return values;
  }
}
