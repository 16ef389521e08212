package org.whisker.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.weights.Tensor;

/** Functions of each value, and arithmetic value by value. */
final class ElementwiseOps {
  private static final double SELU_ALPHA = 1.6732632;
  private static final double SELU_GAMMA = 1.050701;

  private final Scope scope;
  private final GraphNode node;

  private ElementwiseOps(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
  }

  static Optional<View> of(Scope scope, GraphNode node) {
    return Optional.ofNullable(new ElementwiseOps(scope, node).result());
  }

  private @Nullable View result() {
    return switch (node.op()) {
      case "Relu" -> activation(Activation.relu());
      case "Sigmoid" -> activation(Activation.Kind.SIGMOID);
      case "Tanh" -> activation(Activation.Kind.TANH);
      case "Softplus" -> activation(Activation.Kind.SOFTPLUS);
      case "Mish" -> activation(Activation.Kind.MISH);
      case "HardSwish" -> activation(Activation.Kind.HARD_SWISH);
      case "Silu" -> activation(Activation.Kind.SILU);
      case "Swish" -> swish();
      case "Gelu" ->
          activation(
              node.text("approximate", "none").equals("tanh")
                  ? Activation.Kind.GELU_TANH
                  : Activation.Kind.GELU);
      case "LeakyRelu" -> activation(Activation.Kind.LEAKY_RELU, node.number("alpha", 0.01f));
      case "Elu" -> activation(Activation.Kind.ELU, node.number("alpha", 1));
      case "Selu" -> selu();
      case "HardSigmoid" ->
          activation(
              Activation.Kind.HARD_SIGMOID, node.number("alpha", 0.2f), node.number("beta", 0.5));
      case "Clip" -> clip();
      case "PRelu" -> prelu();
      case "Erf" -> erf();
      case "Sqrt" -> function(x(), "sqrt", Activation.of(Activation.Kind.SQRT));
      case "Exp" -> function(x(), "exp", Activation.of(Activation.Kind.EXP));
      case "Log" -> function(x(), "log", Activation.of(Activation.Kind.LOG));
      case "Abs" -> activation(Activation.Kind.ABS);
      case "Reciprocal" -> reciprocal(x());
      case "Softsign" -> activation(Activation.Kind.SOFTSIGN);
      case "Celu" -> celu();
      case "Neg" -> affine(x(), -1, 0);
      case "Pow" -> power();
      case "Add", "Sum" -> chained(Combine.Kind.ADD);
      case "Sub" -> chained(Combine.Kind.SUB);
      case "Mul" -> chained(Combine.Kind.MUL);
      case "Div" -> chained(Combine.Kind.DIV);
      case "Max" -> chained(Combine.Kind.MAX);
      case "Min" -> chained(Combine.Kind.MIN);
      case "Mean" -> affine(chained(Combine.Kind.ADD), 1.0 / node.inputs().size(), 0);
      default -> null;
    };
  }

  private View x() {
    return scope.view(node, 0);
  }

  private View activation(Activation.Kind kind, Double... parameters) {
    return activation(new Activation(kind, List.of(parameters)));
  }

  private View activation(Activation activation) {
    return x().of(scope.draft().add(activation, x().node()));
  }

  private View erf() {
    Step erf = new Step.Function("erf", ActivationMath::erf, Optional.empty());
    return x().of(scope.draft().add(erf, Map.of(), x().node()));
  }

  private View function(View x, String name, Activation alone) {
    return x.of(scope.draft().function(name, alone, x.node()));
  }

  private View reciprocal(View x) {
    return function(x, "reciprocal", new Activation(Activation.Kind.POWER, List.of(-1.0)));
  }

  /** alpha · ELU(x / alpha), whose own alpha is 1. */
  private View celu() {
    double alpha = node.number("alpha", 1);
    View narrow = affine(x(), 1 / alpha, 0);
    Activation elu = new Activation(Activation.Kind.ELU, List.of(1.0));
    return affine(narrow.of(scope.draft().add(elu, narrow.node())), alpha, 0);
  }

  private View affine(View x, double scale, double shift) {
    return x.of(scope.draft().affine(x.node(), scale, shift));
  }

  private View swish() {
    double alpha = node.number("alpha", 1);
    View gate = affine(x(), alpha, 0);
    int sigmoid = scope.draft().add(Activation.of(Activation.Kind.SIGMOID), gate.node());
    return x().of(scope.draft().combine(Combine.Kind.MUL, x().node(), sigmoid));
  }

  private View selu() {
    View elu = activation(Activation.Kind.ELU, node.number("alpha", SELU_ALPHA));
    return affine(elu, node.number("gamma", SELU_GAMMA), 0);
  }

  private View clip() {
    double low = bound(1, "min", Double.NEGATIVE_INFINITY);
    double high = bound(2, "max", Double.POSITIVE_INFINITY);
    return clipped(x(), low, high);
  }

  private double bound(int input, String attribute, double otherwise) {
    Constant given = scope.optional(node, input);
    double value = given == null ? node.number(attribute, otherwise) : given.number(0);
    return Math.abs(value) >= 1e38 ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
  }

  private View clipped(View x, double low, double high) {
    if (Double.isInfinite(low) && Double.isInfinite(high)) {
      return x;
    }
    boolean relu = low == 0 && Double.isInfinite(high);
    return x.of(scope.draft().add(relu ? Activation.relu() : Activation.clip(low, high), x.node()));
  }

  private View prelu() {
    PerChannel slope = PerChannel.of(scope, x(), scope.constant(node, 1));
    if (slope.values().length == 1) {
      Activation leaky = new Activation(Activation.Kind.LEAKY_RELU, List.of(slope.values()[0]));
      return slope.view().of(scope.draft().add(leaky, slope.view().node()));
    }
    Tensor weight = Tensors.of(slope.values());
    Layer layer = new Operation.Prelu(slope.values().length);
    return slope.view().of(scope.draft().add(layer, Map.of("weight", weight), slope.view().node()));
  }

  private View power() {
    Constant exponent = scope.constant(node, 1);
    if (!exponent.uniform()) {
      throw new IllegalArgumentException("exponents that differ can't be read");
    }
    double p = exponent.number(0);
    return p == 1 ? x() : powered(x(), p);
  }

  private View powered(View x, double p) {
    if (p == 0.5) {
      return function(x, "sqrt", Activation.of(Activation.Kind.SQRT));
    }
    return function(x, "pow " + p, new Activation(Activation.Kind.POWER, List.of(p)));
  }

  private View chained(Combine.Kind kind) {
    Value found = scope.value(node, 0);
    for (int i = 1; i < node.inputs().size(); i++) {
      found = joined(kind, found, scope.value(node, i));
    }
    return found instanceof View view ? view : x();
  }

  private Value joined(Combine.Kind kind, Value a, Value b) {
    if (a instanceof View first && b instanceof View second) {
      return ViewPair.combined(scope, kind, first, second);
    } else if (a instanceof View view) {
      return withConstant(kind, view, (Constant) b);
    } else if (b instanceof View view) {
      return constantWith(kind, (Constant) a, view);
    }
    throw new IllegalArgumentException("its first inputs are both known, others not");
  }

  private View withConstant(Combine.Kind kind, View x, Constant constant) {
    boolean sum = kind == Combine.Kind.ADD || kind == Combine.Kind.SUB;
    if (sum && PerPosition.differs(x, constant)) {
      return PerPosition.shifted(scope, x, constant, kind == Combine.Kind.ADD ? 1 : -1);
    }
    PerChannel c = PerChannel.of(scope, x, constant);
    double[] v = c.values();
    return switch (kind) {
      case ADD -> affine(c, one(), v);
      case SUB -> affine(c, one(), map(v, t -> -t));
      case MUL -> affine(c, v, zero());
      case DIV -> affine(c, map(v, t -> 1 / t), zero());
      case MAX -> clipped(c.view(), single(v), Double.POSITIVE_INFINITY);
      case MIN -> clipped(c.view(), Double.NEGATIVE_INFINITY, single(v));
    };
  }

  private View constantWith(Combine.Kind kind, Constant constant, View x) {
    if (kind == Combine.Kind.SUB) {
      return withConstant(Combine.Kind.ADD, affine(x, -1, 0), constant);
    } else if (kind == Combine.Kind.DIV) {
      View inverse = reciprocal(x);
      return withConstant(Combine.Kind.MUL, inverse, constant);
    }
    return withConstant(kind, x, constant);
  }

  private View affine(PerChannel x, double[] scale, double[] shift) {
    return x.view().of(scope.draft().affine(x.view().node(), scale, shift));
  }

  private static double single(double[] values) {
    if (values.length > 1) {
      throw new IllegalArgumentException("bounds that differ between channels can't be read");
    }
    return values[0];
  }

  private static double[] map(double[] values, DoubleUnaryOperator f) {
    return Arrays.stream(values).map(f).toArray();
  }

  private static double[] one() {
    return new double[] {1};
  }

  private static double[] zero() {
    return new double[] {0};
  }
}
