package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Activation.Kind;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;
import org.whisker.weights.Weights.Tensor;

/** Operators that are a function of each value: activations, and what their formulas consist of. */
record ActivationOperators(Scope scope, GraphNode node) {
  private static final double SELU_ALPHA = 1.6732632;
  private static final double SELU_GAMMA = 1.050701;

  static List<Operator> all() {
    return List.of(
        simple("Relu", Kind.RELU).computes(each(v -> Math.max(0, v))),
        simple("Sigmoid", Kind.SIGMOID).computes(each(v -> 1 / (1 + Math.exp(-v)))),
        simple("Tanh", Kind.TANH),
        simple("Softplus", Kind.SOFTPLUS),
        simple("Softsign", Kind.SOFTSIGN),
        simple("Abs", Kind.ABS).computes(each(Math::abs)),
        simple("HardSwish", Kind.HARD_SWISH).since(14),
        of("Mish", o -> o.activation(Kind.MISH))
            .since(18)
            .writes(Kind.MISH, (to, a) -> times(to, to.x(), to.node("Tanh", softplus(to)))),
        of("Silu", o -> o.activation(Kind.SILU))
            .elsewhere()
            .writes(Kind.SILU, (to, a) -> times(to, to.x(), to.node("Sigmoid", to.x()))),
        of("Swish", ActivationOperators::swish).since(24),
        of("Gelu", ActivationOperators::gelu)
            .since(20)
            .writes(Kind.GELU, (to, a) -> writeGelu(to))
            .writes(Kind.GELU_TANH, (to, a) -> writeGeluTanh(to)),
        of("LeakyRelu", o -> o.activation(Kind.LEAKY_RELU, o.node.number("alpha", 0.01f)))
            .writes(
                Kind.LEAKY_RELU,
                (to, a) -> to.node("LeakyRelu", to.x(), NodeWriter.with("alpha", parameter(a, 0)))),
        of("Elu", o -> o.activation(Kind.ELU, o.node.number("alpha", 1)))
            .writes(
                Kind.ELU,
                (to, a) -> to.node("Elu", to.x(), NodeWriter.with("alpha", parameter(a, 0)))),
        of("Selu", ActivationOperators::selu),
        of("Celu", ActivationOperators::celu).since(12),
        of("HardSigmoid", ActivationOperators::hardSigmoid)
            .writes(
                Kind.HARD_SIGMOID,
                (to, a) ->
                    to.node(
                        "HardSigmoid",
                        to.x(),
                        NodeWriter.with("alpha", parameter(a, 0)),
                        NodeWriter.with("beta", parameter(a, 1)))),
        of("Clip", ActivationOperators::clip)
            .limits("known bounds")
            .computes(ActivationOperators::knownClip)
            .writes(Kind.CLIP, ActivationOperators::writeClip),
        of("PRelu", ActivationOperators::prelu)
            .limits("a known slope, one or one for each channel")
            .writes(
                Operation.Prelu.class,
                (to, prelu) ->
                    to.node("PRelu", List.of(to.x(), to.perChannel(to.tensors().get(0))))),
        of("Erf", ActivationOperators::erf).since(9).limits("as a part of GELU"),
        function("Sqrt", Kind.SQRT).computes(each(Math::sqrt)),
        function("Exp", Kind.EXP).computes(each(Math::exp)),
        function("Log", Kind.LOG).computes(each(Math::log)),
        of("Reciprocal", o -> reciprocal(o.scope, o.x())).computes(each(v -> 1 / v)),
        of("Neg", o -> ArithmeticOperators.affine(o.scope, o.x(), -1, 0)).computes(each(v -> -v)),
        of("Pow", ActivationOperators::power)
            .limits("a known exponent, the same for all values")
            .computes(ArithmeticOperators.all(Math::pow))
            .writes(
                Kind.POWER, (to, a) -> to.node("Pow", List.of(to.x(), to.number(parameter(a, 0))))),
        Operator.named("Sin").computes(each(Math::sin)),
        Operator.named("Cos").computes(each(Math::cos)),
        Operator.named("Floor").computes(each(Math::floor)),
        Operator.named("Ceil").computes(each(Math::ceil)),
        Operator.named("Round").since(11).computes(each(Math::rint)),
        Operator.named("Sign").since(9).computes(each(Math::signum)),
        Operator.named("Not").computes(each(v -> v == 0 ? 1 : 0)));
  }

  private static Operator of(String name, Function<ActivationOperators, View> reader) {
    return Operator.named(name)
        .reads((scope, node) -> List.of(reader.apply(new ActivationOperators(scope, node))));
  }

  /** An operator that is an activation, and an activation that is that operator. */
  private static Operator simple(String name, Kind kind) {
    return of(name, o -> o.activation(kind)).writes(kind, (to, a) -> to.node(name, to.x()));
  }

  /** An activation that is as a rule a part of a formula. */
  private static Operator function(String name, Kind kind) {
    String called = name.toLowerCase(Locale.ROOT);
    return of(name, o -> function(o.scope, o.x(), called, Activation.of(kind)))
        .writes(kind, (to, a) -> to.node(name, to.x()));
  }

  private static Operator.One each(DoubleUnaryOperator f) {
    return in -> ArithmeticOperators.like(in.x(), in.x().shape(), numbers(in.x(), f));
  }

  private static double[] numbers(Constant x, DoubleUnaryOperator f) {
    double[] values = new double[x.size()];
    Arrays.setAll(values, i -> f.applyAsDouble(x.number(i)));
    return values;
  }

  private View x() {
    return scope.view(node, 0);
  }

  private View activation(Kind kind, Double... parameters) {
    return layer(new Activation(kind, List.of(parameters)));
  }

  private View layer(Layer activation) {
    return x().of(scope.draft().add(activation, x().node()));
  }

  private View gelu() {
    boolean tanh = node.text("approximate", "none").equals("tanh");
    return activation(tanh ? Kind.GELU_TANH : Kind.GELU);
  }

  private View hardSigmoid() {
    return activation(Kind.HARD_SIGMOID, node.number("alpha", 0.2f), node.number("beta", 0.5));
  }

  private View erf() {
    Draft.Step erf = new Draft.Step.Function("erf", ActivationMath::erf, Optional.empty());
    return x().of(scope.draft().add(erf, Map.of(), x().node()));
  }

  /** A function of each value that may be part of a formula, and that layer if it stands alone. */
  static View function(Scope scope, View x, String name, Activation alone) {
    return x.of(scope.draft().function(name, alone, x.node()));
  }

  static View reciprocal(Scope scope, View x) {
    return function(scope, x, "reciprocal", new Activation(Kind.POWER, List.of(-1.0)));
  }

  /** alpha · ELU(x / alpha), whose own alpha is 1. */
  private View celu() {
    double alpha = node.number("alpha", 1);
    View narrow = ArithmeticOperators.affine(scope, x(), 1 / alpha, 0);
    Activation elu = new Activation(Kind.ELU, List.of(1.0));
    View unit = narrow.of(scope.draft().add(elu, narrow.node()));
    return ArithmeticOperators.affine(scope, unit, alpha, 0);
  }

  private View swish() {
    View gate = ArithmeticOperators.affine(scope, x(), node.number("alpha", 1), 0);
    int sigmoid = scope.draft().add(Activation.of(Kind.SIGMOID), gate.node());
    return x().of(scope.draft().combine(Combine.Kind.MUL, x().node(), sigmoid));
  }

  private View selu() {
    View elu = activation(Kind.ELU, node.number("alpha", SELU_ALPHA));
    return ArithmeticOperators.affine(scope, elu, node.number("gamma", SELU_GAMMA), 0);
  }

  private View clip() {
    double low = low(node, scope.optional(node, 1));
    double high = high(node, scope.optional(node, 2));
    return clipped(scope, x(), low, high);
  }

  private static Constant knownClip(Operator.KnownNode in) {
    double low = low(in.node(), in.optional(1));
    double high = high(in.node(), in.optional(2));
    Constant x = in.x();
    return ArithmeticOperators.like(
        x, x.shape(), numbers(x, v -> Math.min(high, Math.max(low, v))));
  }

  private static double low(GraphNode node, @Nullable Constant given) {
    return bound(node, given, "min", Double.NEGATIVE_INFINITY);
  }

  private static double high(GraphNode node, @Nullable Constant given) {
    return bound(node, given, "max", Double.POSITIVE_INFINITY);
  }

  /** An input since opset 11, an attribute before; the largest floats stand for no bound. */
  private static double bound(
      GraphNode node, @Nullable Constant given, String attribute, double otherwise) {
    double value = given == null ? node.number(attribute, otherwise) : given.number(0);
    return Math.abs(value) >= 1e38 ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
  }

  /** A view whose values are kept within bounds; infinite ones are none. */
  static View clipped(Scope scope, View x, double low, double high) {
    if (Double.isInfinite(low) && Double.isInfinite(high)) {
      return x;
    }
    boolean relu = low == 0 && Double.isInfinite(high);
    return x.of(scope.draft().add(relu ? Activation.relu() : Activation.clip(low, high), x.node()));
  }

  private View prelu() {
    Broadcast slope = Broadcast.perChannel(scope, x(), scope.constant(node, 1));
    View view = slope.view();
    if (slope.values().length == 1) {
      Activation leaky = new Activation(Kind.LEAKY_RELU, List.of(slope.values()[0]));
      return view.of(scope.draft().add(leaky, view.node()));
    }
    Tensor weight = Constant.tensor(slope.values());
    Layer layer = new Operation.Prelu(slope.values().length);
    return view.of(scope.draft().add(layer, Map.of("weight", weight), view.node()));
  }

  private View power() {
    Constant exponent = scope.constant(node, 1);
    Checks.require(exponent.uniform(), "exponents that differ can't be read");
    double p = exponent.number(0);
    if (p == 1) {
      return x();
    }
    return p == 0.5
        ? function(scope, x(), "sqrt", Activation.of(Kind.SQRT))
        : function(scope, x(), "pow " + p, new Activation(Kind.POWER, List.of(p)));
  }

  private static Double parameter(Activation activation, int i) {
    return activation.parameters().get(i);
  }

  private static String times(LayerWriter to, String a, String b) {
    return to.node("Mul", List.of(a, b));
  }

  private static String softplus(LayerWriter to) {
    return to.node("Softplus", to.x());
  }

  private static String writeClip(LayerWriter to, Activation clip) {
    double low = parameter(clip, 0);
    double high = parameter(clip, 1);
    List<String> inputs = new ArrayList<>(List.of(to.x()));
    inputs.add(Double.isInfinite(low) ? "" : to.number(low));
    if (!Double.isInfinite(high)) {
      inputs.add(to.number(high));
    }
    return to.node("Clip", inputs);
  }

  private static String plusOne(LayerWriter to, String x) {
    return to.node("Add", List.of(x, to.number(1)));
  }

  /** x / 2 · (1 + erf(x / √2)). */
  private static String writeGelu(LayerWriter to) {
    String erf = to.node("Erf", times(to, to.x(), to.number(Math.sqrt(0.5))));
    return times(to, times(to, to.x(), to.number(0.5)), plusOne(to, erf));
  }

  /** x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 x³))). */
  private static String writeGeluTanh(LayerWriter to) {
    String cube = times(to, times(to, to.x(), to.x()), to.x());
    String inner = to.node("Add", List.of(to.x(), times(to, cube, to.number(0.044715))));
    String tanh = to.node("Tanh", times(to, inner, to.number(Math.sqrt(2 / Math.PI))));
    return times(to, times(to, to.x(), to.number(0.5)), plusOne(to, tanh));
  }
}
