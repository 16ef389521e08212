package org.whisker.network;

import java.util.List;
import java.util.Locale;
import org.whisker.network.Network.FeatureShape;
import org.whisker.value.Text;

/**
 * A function of each value alone.
 *
 * @param kind which function
 * @param parameters its numbers, in the order that {@link Kind} states
 */
public record Activation(Kind kind, List<Double> parameters) implements Layer {
  public enum Kind {
    /** max(x, 0). */
    RELU(0, true),
    /** x between two bounds, lower and upper; either may be infinite. */
    CLIP(2, true),
    /** x, or slope · x below 0. */
    LEAKY_RELU(1, true),
    /** x, or alpha · (exp(x) − 1) below 0 (Clevert et al., arXiv 1511.07289). */
    ELU(1, true),
    /** 1 / (1 + exp(−x)). */
    SIGMOID(0, false),
    /** slope · x + offset between 0 and 1: 1/6 and 1/2 in PyTorch. */
    HARD_SIGMOID(2, false),
    /** The hyperbolic tangent. */
    TANH(0, true),
    /** x · clip(x + 3, 0, 6) / 6 (Howard et al., arXiv 1905.02244). */
    HARD_SWISH(0, true),
    /** x · sigmoid(x), also called swish (Ramachandran et al., arXiv 1710.05941). */
    SILU(0, true),
    /** x · Φ(x), Φ of the standard normal distribution (arXiv 1606.08415). */
    GELU(0, true),
    /** GELU with Φ approximated by a hyperbolic tangent. */
    GELU_TANH(0, true),
    /** x · tanh(log(1 + exp(x))) (Misra, arXiv 1908.08681). */
    MISH(0, true),
    /** log(1 + exp(x)). */
    SOFTPLUS(0, false),
    /** The absolute value. */
    ABS(0, true),
    /** The square root; not a number below 0. */
    SQRT(0, true),
    /** exp(x). */
    EXP(0, false),
    /** The natural logarithm; not a number below 0. */
    LOG(0, false),
    /** x / (1 + |x|). */
    SOFTSIGN(0, true),
    /** x to a power, as in the generalised mean of a map (arXiv 1711.02512). */
    POWER(1, false);

    private final int parameters;
    private final boolean zeroAtZero;

    Kind(int parameters, boolean zeroAtZero) {
      this.parameters = parameters;
      this.zeroAtZero = zeroAtZero;
    }

    /** {@code HARD_SWISH} is "hard swish". */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public Activation {
    parameters = List.copyOf(parameters);
    if (parameters.size() != kind.parameters || parameters.contains(Double.NaN)) {
      throw new IllegalArgumentException(
          Text.of("%s has %d parameters, not %s", kind.label(), kind.parameters, parameters));
    }
    if (kind != Kind.CLIP && parameters.stream().anyMatch(p -> p.isInfinite())) {
      throw new IllegalArgumentException(kind.label() + " of " + parameters + " is no number");
    }
    if (kind == Kind.CLIP && parameters.get(0) > parameters.get(1)) {
      throw new IllegalArgumentException("clip between " + parameters + " has no values");
    }
  }

  /** A function without parameters. */
  public static Activation of(Kind kind) {
    return new Activation(kind, List.of());
  }

  public static Activation relu() {
    return of(Kind.RELU);
  }

  /** min(max(x, 0), 6) (Howard et al., arXiv 1704.04861). */
  public static Activation relu6() {
    return clip(0, 6);
  }

  /** x between two bounds, either of which may be infinite. */
  public static Activation clip(double lowest, double highest) {
    return new Activation(Kind.CLIP, List.of(lowest, highest));
  }

  /** The kind and its parameters, such as "clip 0 6". */
  public String label() {
    StringBuilder text = new StringBuilder(kind.label());
    parameters.forEach(p -> text.append(' ').append(p == p.longValue() ? "" + p.longValue() : p));
    return text.toString();
  }

  @Override
  public FeatureShape output(List<FeatureShape> inputs) {
    return inputs.get(0);
  }

  /** Whether it maps 0 to 0. */
  public boolean zeroAtZero() {
    return kind == Kind.CLIP
        ? parameters.get(0) <= 0 && parameters.get(1) >= 0
        : kind.zeroAtZero || (kind == Kind.HARD_SIGMOID && parameters.get(1) <= 0);
  }
}
