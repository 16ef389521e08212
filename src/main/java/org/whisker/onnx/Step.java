package org.whisker.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.FeatureShape;
import org.whisker.network.Layer;

/** What a node of a network under construction does. */
sealed interface Step {
  /** A layer as networks have it. */
  record Known(Layer layer) implements Step {}

  /** scale · x + shift, with one number, or one for each channel. */
  final class Affine implements Step {
    private final double[] scale;
    private final double[] shift;

    Affine(double[] scale, double[] shift) {
      this.scale = scale.clone();
      this.shift = shift.clone();
    }

    double scale(int channel) {
      return scale[scale.length == 1 ? 0 : channel];
    }

    double shift(int channel) {
      return shift[shift.length == 1 ? 0 : channel];
    }

    /** Whether it only shifts. */
    boolean isShift() {
      return Arrays.stream(scale).allMatch(s -> s == 1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Affine a
          && Arrays.equals(scale, a.scale)
          && Arrays.equals(shift, a.shift);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(scale) + Arrays.hashCode(shift);
    }

    /** Whether it is one number for all channels. */
    boolean scalar() {
      return scale.length == 1 && shift.length == 1;
    }

    boolean identity() {
      return isShift() && Arrays.stream(shift).allMatch(t -> t == 0);
    }
  }

  /**
   * A function of each value that is as a rule part of a longer formula, such as that of GELU.
   *
   * @param name of the operator, and its number if it has one
   * @param layer what it is if it stands alone
   */
  record Function(String name, DoubleUnaryOperator function, Optional<Activation> layer)
      implements Step {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Function f && f.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /** The output's shape for these input shapes. */
  default FeatureShape output(List<FeatureShape> inputs) {
    return this instanceof Known known ? known.layer().output(inputs) : inputs.get(0);
  }
}
