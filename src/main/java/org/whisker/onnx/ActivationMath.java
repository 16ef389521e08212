package org.whisker.onnx;

import java.util.List;
import org.whisker.network.Activation;

/** Activations as functions of a number, in float64. */
final class ActivationMath {
  private ActivationMath() {}

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
      case MISH -> x * Math.tanh(softplus(x));
      case SOFTPLUS -> softplus(x);
      case ABS -> Math.abs(x);
      case SQRT -> Math.sqrt(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SOFTSIGN -> x / (1 + Math.abs(x));
      case POWER -> Math.pow(x, p.get(0));
    };
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
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
