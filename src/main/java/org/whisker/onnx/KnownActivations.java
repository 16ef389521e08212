package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.whisker.network.Activation;
import org.whisker.network.Activation.Kind;

/** The activations as functions of a number, and which of them has given values. */
final class KnownActivations {
  private static final double[] SAMPLES =
      IntStream.rangeClosed(-40, 40).mapToDouble(i -> i * 0.3 + 0.013).toArray();

  /** Constants in files are float32. */
  private static final double TOLERANCE = 2e-6;

  /** A norm's epsilon is no rounding. */
  private static final double EXACT = 1e-13;

  private KnownActivations() {}

  /** A step that is that activation if it stands alone. */
  static Step.Function step(String name, Activation alone) {
    return new Step.Function(name, x -> value(alone, x), Optional.of(alone));
  }

  static Step.Function log() {
    return step("log", Activation.of(Kind.LOG));
  }

  /** The numbers at which functions are compared. */
  static double[] samples() {
    return SAMPLES.clone();
  }

  static boolean identity(double[] values) {
    return matches(values, x -> x, EXACT);
  }

  /** The activation with these values at the samples. */
  static Optional<Activation> of(double[] values) {
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    return candidates(values).stream()
        .filter(a -> matches(values, x -> value(a, x), TOLERANCE))
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
    if (values[0] < 0) {
      all.add(
          new Activation(
              Kind.ELU, List.of((double) (float) (-values[0] / (1 - Math.exp(SAMPLES[0]))))));
    }
    hardSigmoid(values).ifPresent(all::add);
    return all;
  }

  /** Bounds that lie within the samples. */
  private static Optional<Activation> clip(double[] values) {
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(0);
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

  private static boolean matches(double[] values, DoubleUnaryOperator f, double tolerance) {
    for (int i = 0; i < values.length; i++) {
      double wanted = f.applyAsDouble(SAMPLES[i]);
      if (!(Math.abs(values[i] - wanted) <= tolerance * (1 + Math.abs(wanted)))) {
        return false;
      }
    }
    return true;
  }

  /** The value of an activation. */
  static double value(Activation activation, double x) {
    List<Double> p = activation.parameters();
    return switch (activation.kind()) {
      case RELU -> Math.max(0, x);
      case CLIP -> Math.max(p.get(0), Math.min(p.get(1), x));
      case LEAKY_RELU -> x < 0 ? p.get(0) * x : x;
      case ELU -> x < 0 ? p.get(0) * Math.expm1(x) : x;
      case SIGMOID -> sigmoid(x);
      case HARD_SIGMOID -> Math.max(0, Math.min(1, p.get(0) * x + p.get(1)));
      case TANH -> Math.tanh(x);
      case HARD_SWISH -> x * Math.max(0, Math.min(6, x + 3)) / 6;
      case SILU -> x * sigmoid(x);
      case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
      case GELU_TANH ->
          x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))) / 2;
      case MISH -> x * Math.tanh(Math.log1p(Math.exp(x)));
      case SOFTPLUS -> Math.log1p(Math.exp(x));
      case ABS -> Math.abs(x);
      case SQRT -> Math.sqrt(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SOFTSIGN -> x / (1 + Math.abs(x));
      case POWER -> Math.pow(x, p.get(0));
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /**
   * The error function, by its series below 3 and its continued fraction above (Abramowitz and
   * Stegun, 7.1.6 and 7.1.14).
   */
  static double erf(double x) {
    double a = Math.abs(x);
    return Math.copySign(a < 3 ? series(a) : 1 - complement(a), x);
  }

  private static double series(double a) {
    double term = a;
    double sum = a;
    for (int n = 1; n < 100; n++) {
      term *= 2 * a * a / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-a * a) * sum;
  }

  private static double complement(double a) {
    double fraction = a;
    for (int n = 60; n > 0; n--) {
      fraction = a + n / 2.0 / fraction;
    }
    return Math.exp(-a * a) / Math.sqrt(Math.PI) / fraction;
  }
}
