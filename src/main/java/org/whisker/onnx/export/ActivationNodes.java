package org.whisker.onnx.export;

import java.util.ArrayList;
import java.util.List;
import org.whisker.network.Activation;

/** Activations as nodes of opset 17. */
final class ActivationNodes {
  private final NodeWriter to;
  private final String layer;

  ActivationNodes(NodeWriter to, String layer) {
    this.to = to;
    this.layer = layer;
  }

  String of(Activation activation, String x) {
    List<Double> p = activation.parameters();
    return switch (activation.kind()) {
      case RELU -> node("Relu", x);
      case CLIP -> clip(x, p.get(0), p.get(1));
      case LEAKY_RELU -> node("LeakyRelu", x, NodeWriter.with("alpha", p.get(0)));
      case ELU -> node("Elu", x, NodeWriter.with("alpha", p.get(0)));
      case SIGMOID -> node("Sigmoid", x);
      case HARD_SIGMOID ->
          node(
              "HardSigmoid",
              x,
              NodeWriter.with("alpha", p.get(0)),
              NodeWriter.with("beta", p.get(1)));
      case TANH -> node("Tanh", x);
      case HARD_SWISH -> node("HardSwish", x);
      case SILU -> multiplied(x, node("Sigmoid", x));
      case GELU -> gelu(x);
      case GELU_TANH -> geluTanh(x);
      case MISH -> multiplied(x, node("Tanh", node("Softplus", x)));
      case SOFTPLUS -> node("Softplus", x);
      case ABS -> node("Abs", x);
      case SQRT -> node("Sqrt", x);
      case EXP -> node("Exp", x);
      case LOG -> node("Log", x);
      case SOFTSIGN -> node("Softsign", x);
      case POWER -> to.node(layer, "Pow", List.of(x, to.number(p.get(0))));
    };
  }

  private String node(String op, String x, NodeWriter.Attribute... attributes) {
    return to.node(layer, op, List.of(x), attributes);
  }

  private String multiplied(String a, String b) {
    return to.node(layer, "Mul", List.of(a, b));
  }

  private String clip(String x, double low, double high) {
    List<String> inputs = new ArrayList<>(List.of(x));
    inputs.add(Double.isInfinite(low) ? "" : to.number(low));
    if (!Double.isInfinite(high)) {
      inputs.add(to.number(high));
    }
    return to.node(layer, "Clip", inputs);
  }

  private String plusOne(String x) {
    return to.node(layer, "Add", List.of(x, to.number(1)));
  }

  private String gelu(String x) {
    String erf = node("Erf", multiplied(x, to.number(Math.sqrt(0.5))));
    return multiplied(multiplied(x, to.number(0.5)), plusOne(erf));
  }

  private String geluTanh(String x) {
    String cube = multiplied(multiplied(x, x), x);
    String inner = to.node(layer, "Add", List.of(x, multiplied(cube, to.number(0.044715))));
    String tanh = node("Tanh", multiplied(inner, to.number(Math.sqrt(2 / Math.PI))));
    return multiplied(multiplied(x, to.number(0.5)), plusOne(tanh));
  }
}
