package org.whisker.torch.script;

import java.util.List;
import java.util.Set;
import org.whisker.network.Activation;

/**
 * Activations as expressions of TorchScript, computed in place where nothing else needs the input.
 */
public final class ActivationScript {
  /**
   * The activations whose derivative follows from the output, so that the input may be overwritten.
   */
  private static final Set<Activation.Kind> OVERWRITING =
      Set.of(Activation.Kind.RELU, Activation.Kind.CLIP);

  private ActivationScript() {}

  /**
   * The activation of {@code x}.
   *
   * @param overwrite whether the value of {@code x} is not needed any more
   */
  public static String of(Activation activation, String x, boolean overwrite) {
    String in = overwrite && OVERWRITING.contains(activation.kind()) ? "_" : "";
    List<Double> p = activation.parameters();
    return switch (activation.kind()) {
      case RELU -> "torch.relu%s(%s)".formatted(in, x);
      case CLIP -> clip(x, in, p.get(0), p.get(1));
      case LEAKY_RELU -> "torch.leaky_relu(%s, %s)".formatted(x, p.get(0));
      case ELU -> "torch.elu(%s, %s, 1.0, 1.0)".formatted(x, p.get(0));
      case SIGMOID -> "torch.sigmoid(%s)".formatted(x);
      case HARD_SIGMOID ->
          "torch.clamp(torch.add(torch.mul(%s, %s), %s), 0, 1)".formatted(x, p.get(0), p.get(1));
      case TANH -> "torch.tanh(%s)".formatted(x);
      case HARD_SWISH -> "torch.hardswish(%s)".formatted(x);
      case SILU -> "torch.silu(%s)".formatted(x);
      case GELU -> "torch.gelu(%s)".formatted(x);
      case GELU_TANH -> geluTanh(x);
      case MISH -> "torch.mish(%s)".formatted(x);
      case SOFTPLUS -> "torch.softplus(%s, 1, 20)".formatted(x);
      case ABS -> "torch.abs(%s)".formatted(x);
      case SQRT -> "torch.sqrt(%s)".formatted(x);
      case EXP -> "torch.exp(%s)".formatted(x);
      case LOG -> "torch.log(%s)".formatted(x);
      case SOFTSIGN -> "torch.div(%s, torch.add(torch.abs(%s), 1.0))".formatted(x, x);
      case POWER -> "torch.pow(%s, %s)".formatted(x, p.get(0));
    };
  }

  private static String clip(String x, String in, double lowest, double highest) {
    return Double.isInfinite(lowest) || Double.isInfinite(highest)
        ? "torch.clamp(%s, %s, %s)".formatted(x, bound(lowest), bound(highest))
        : "torch.hardtanh%s(%s, %s, %s)".formatted(in, x, lowest, highest);
  }

  // the operators of this archive's version have no approximate gelu
  private static String geluTanh(String x) {
    String inner = "torch.add(%1$s, torch.mul(torch.pow(%1$s, 3), 0.044715))".formatted(x);
    return "torch.mul(torch.mul(%s, 0.5), torch.add(torch.tanh(torch.mul(%s, %s)), 1))"
        .formatted(x, inner, Math.sqrt(2 / Math.PI));
  }

  private static String bound(double value) {
    return Double.isInfinite(value) ? "None" : Double.toString(value);
  }
}
