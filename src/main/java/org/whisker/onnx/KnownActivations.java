package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Activation.Kind;

/**
 * Which activation a function of a number is, by its values: at a few numbers activations are
 * chosen, at many the choice is checked, since a bound may lie between two of the few.
 */
final class KnownActivations {
  /** A function of a number, at many at once. */
  @FunctionalInterface
  interface Formula {
    /** The values at these; null if it is no function of them alone. */
    double @Nullable [] at(double[] x);
  }

  /** Farther away only bounds matter, and exponentials overflow. */
  private static final double NEAR = 14;

  private static final double[] FAR = {15, 20, 30, 50, 80, 150, 500, 2e3, 1e4, 1e5, 1e6};
  private static final double[] FEW = samples(0.3, 40);
  private static final double[] MANY = samples(0.01, 1300);

  /** Constants in files are float32. */
  private static final double TOLERANCE = 2e-6;

  /** A norm's epsilon is no rounding. */
  private static final double EXACT = 1e-13;

  private KnownActivations() {}

  /** From the least to the largest, symmetrically, with some in the gap around 0. */
  private static double[] samples(double step, int count) {
    DoubleStream near = IntStream.rangeClosed(-count, count).mapToDouble(i -> (i + 0.043) * step);
    DoubleStream gap = IntStream.range(1, 12).mapToDouble(i -> step / (1 << i));
    DoubleStream others =
        DoubleStream.concat(Arrays.stream(FAR), gap).flatMap(x -> DoubleStream.of(-x, x));
    return DoubleStream.concat(near, others).sorted().toArray();
  }

  static boolean identity(Formula formula) {
    return matches(formula, x -> x, EXACT, FEW) && matches(formula, x -> x, EXACT, MANY);
  }

  /** The activation with the values of the formula. */
  static Optional<Activation> of(Formula formula) {
    double[] values = formula.at(FEW);
    if (values == null
        || IntStream.range(0, FEW.length).anyMatch(i -> !far(FEW[i]) && !finite(values[i]))) {
      return Optional.empty();
    }
    return candidates(values).stream()
        .filter(a -> matches(values, x -> ActivationMath.value(a, x), TOLERANCE, FEW))
        .filter(a -> matches(formula, x -> ActivationMath.value(a, x), TOLERANCE, MANY))
        .findFirst();
  }

  private static List<Activation> candidates(double[] values) {
    List<Activation> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      switch (kind) {
        case CLIP, LEAKY_RELU, ELU, HARD_SIGMOID, POWER -> {}
        default -> all.add(Activation.of(kind));
      }
    }
    clip(values).ifPresent(all::add);
    double slope = values[0] / FEW[0];
    if (slope >= 0 && slope < 0.99) {
      all.add(new Activation(Kind.LEAKY_RELU, List.of((double) (float) slope)));
    }
    if (values[0] < 0 && finite(values[0])) {
      double alpha = -values[0] / (1 - Math.exp(FEW[0]));
      all.add(new Activation(Kind.ELU, List.of((double) (float) alpha)));
    }
    hardSigmoid(values).ifPresent(all::add);
    return all;
  }

  /** Bounds that lie within the samples. */
  private static Optional<Activation> clip(double[] values) {
    double low = Arrays.stream(values).filter(KnownActivations::finite).min().orElse(0);
    double high = Arrays.stream(values).filter(KnownActivations::finite).max().orElse(0);
    boolean below = low < FEW[0] + 0.1;
    boolean above = high > FEW[FEW.length - 1] - 0.1;
    return low >= high || (below && above)
        ? Optional.empty()
        : Optional.of(
            Activation.clip(
                below ? Double.NEGATIVE_INFINITY : low, above ? Double.POSITIVE_INFINITY : high));
  }

  /** Its slope and offset follow from two samples next to 0. */
  private static Optional<Activation> hardSigmoid(double[] values) {
    int middle = FEW.length / 2;
    double step = FEW[middle + 1] - FEW[middle];
    double slope = (values[middle + 1] - values[middle]) / step;
    double offset = values[middle] - slope * FEW[middle];
    return slope > 0 && finite(offset)
        ? Optional.of(
            new Activation(
                Kind.HARD_SIGMOID, List.of((double) (float) slope, (double) (float) offset)))
        : Optional.empty();
  }

  private static boolean far(double x) {
    return Math.abs(x) > NEAR;
  }

  private static boolean finite(double value) {
    return Double.isFinite(value);
  }

  private static boolean matches(
      Formula formula, DoubleUnaryOperator f, double tolerance, double[] at) {
    double[] values = formula.at(at);
    return values != null && matches(values, f, tolerance, at);
  }

  /** Where a formula overflows it has no value to compare. */
  private static boolean matches(
      double[] values, DoubleUnaryOperator f, double tolerance, double[] at) {
    for (int i = 0; i < values.length; i++) {
      double wanted = f.applyAsDouble(at[i]);
      boolean overflown = far(at[i]) && !finite(values[i]);
      if (!overflown && !(Math.abs(values[i] - wanted) <= tolerance * (1 + Math.abs(wanted)))) {
        return false;
      }
    }
    return true;
  }
}
