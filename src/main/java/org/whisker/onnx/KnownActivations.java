package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.network.Activation;
import org.whisker.network.Activation.Kind;

/** Which activation a function of a number is, by its values. */
final class KnownActivations {
  /** Where activations bend. */
  private static final double[] NEAR =
      IntStream.rangeClosed(-40, 40).mapToDouble(i -> i * 0.3 + 0.013).toArray();

  /** Farther away only bounds do, and exponentials overflow. */
  private static final double[] FAR = {15, 20, 30, 50, 80, 150, 500, 2e3, 1e4, 1e5, 1e6};

  private static final double[] SAMPLES = samples(FAR, NEAR);

  /** Constants in files are float32. */
  private static final double TOLERANCE = 2e-6;

  /** A norm's epsilon is no rounding. */
  private static final double EXACT = 1e-13;

  private KnownActivations() {}

  /** A step that is that activation if it stands alone. */
  static Step.Function step(String name, Activation alone) {
    return new Step.Function(name, x -> ActivationMath.value(alone, x), Optional.of(alone));
  }

  static Step.Function log() {
    return step("log", Activation.of(Kind.LOG));
  }

  private static double[] samples(double[] far, double[] near) {
    DoubleStream both = Arrays.stream(far).flatMap(x -> DoubleStream.of(-x, x));
    return DoubleStream.concat(both, Arrays.stream(near)).sorted().toArray();
  }

  /** The numbers at which functions are compared, from the least to the largest. */
  static double[] samples() {
    return SAMPLES.clone();
  }

  static boolean identity(double[] values) {
    return matches(values, x -> x, EXACT);
  }

  /** The activation with these values at the samples. */
  static Optional<Activation> of(double[] values) {
    if (!IntStream.range(0, values.length).allMatch(i -> isFar(i) || Double.isFinite(values[i]))) {
      return Optional.empty();
    }
    return candidates(values).stream()
        .filter(a -> matches(values, x -> ActivationMath.value(a, x), TOLERANCE))
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
    double slope = values[0] / SAMPLES[0];
    if (slope >= 0 && slope < 0.99) {
      all.add(new Activation(Kind.LEAKY_RELU, List.of((double) (float) slope)));
    }
    if (values[0] < 0 && Double.isFinite(values[0])) {
      all.add(
          new Activation(
              Kind.ELU, List.of((double) (float) (-values[0] / (1 - Math.exp(SAMPLES[0]))))));
    }
    hardSigmoid(values).ifPresent(all::add);
    return all;
  }

  /** Bounds that lie within the samples. */
  private static Optional<Activation> clip(double[] values) {
    double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    boolean below = low < SAMPLES[0] + 0.1;
    boolean above = high > SAMPLES[SAMPLES.length - 1] - 0.1;
    return low >= high || (below && above)
        ? Optional.empty()
        : Optional.of(
            Activation.clip(
                below ? Double.NEGATIVE_INFINITY : low, above ? Double.POSITIVE_INFINITY : high));
  }

  /** Its slope and offset follow from the steepest step between two samples. */
  private static Optional<Activation> hardSigmoid(double[] values) {
    int middle = SAMPLES.length / 2;
    double step = SAMPLES[middle + 1] - SAMPLES[middle];
    double slope = (values[middle + 1] - values[middle]) / step;
    double offset = values[middle] - slope * SAMPLES[middle];
    return slope > 0 && Double.isFinite(offset)
        ? Optional.of(
            new Activation(
                Kind.HARD_SIGMOID, List.of((double) (float) slope, (double) (float) offset)))
        : Optional.empty();
  }

  private static boolean isFar(int sample) {
    return sample < FAR.length || sample >= SAMPLES.length - FAR.length;
  }

  /** Where a formula overflows it has no value to compare. */
  private static boolean matches(double[] values, DoubleUnaryOperator f, double tolerance) {
    for (int i = 0; i < values.length; i++) {
      double wanted = f.applyAsDouble(SAMPLES[i]);
      if (isFar(i) && !Double.isFinite(values[i])) {
        continue;
      }
      if (!(Math.abs(values[i] - wanted) <= tolerance * (1 + Math.abs(wanted)))) {
        return false;
      }
    }
    return true;
  }
}
