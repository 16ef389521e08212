package org.whisker.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;

/** Arithmetic value by value, and comparisons and logic on what is known. */
record ArithmeticOperators(Scope scope, GraphNode node) {
  /** Minus this much hides a score from a softmax, whatever the score. */
  private static final double LARGE = 1e9;

  private static final String MAPS = "maps that broadcast; a known number";
  private static final String PRODUCTS = MAPS + ", or one for each channel";
  private static final String SUMS = PRODUCTS + " or position";

  static List<Operator> all() {
    return Stream.of(arithmetic(), logic()).flatMap(List::stream).toList();
  }

  private static List<Operator> arithmetic() {
    return List.of(
        combination("Add", Combine.Kind.ADD)
            .computes(all(Double::sum))
            .writes(Layer.ScaledAdd.class, ArithmeticOperators::writeScaledAdd)
            .writes(
                Operation.Shift.class,
                (to, shift) -> to.node("Add", List.of(to.x(), to.tensors().get(0)))),
        combination("Sub", Combine.Kind.SUB).computes(all((a, b) -> a - b)),
        combination("Mul", Combine.Kind.MUL).limits(PRODUCTS).computes(all((a, b) -> a * b)),
        combination("Div", Combine.Kind.DIV)
            .limits(PRODUCTS)
            .computes(
                in ->
                    all(in.x().floating() ? (a, b) -> a / b : ArithmeticOperators::quotient)
                        .of(in)),
        combination("Max", Combine.Kind.MAX).limits(MAPS).computes(all(Math::max)),
        combination("Min", Combine.Kind.MIN).limits(MAPS).computes(all(Math::min)),
        reader("Sum", Combine.Kind.ADD).computes(all(Double::sum)),
        Operator.named("Mean")
            .limits(SUMS)
            .reads((scope, node) -> List.of(new ArithmeticOperators(scope, node).mean())),
        Operator.named("Mod")
            .since(10)
            .computes(
                in ->
                    all(in.node().integer("fmod", 0) == 1
                            ? (a, b) -> a % b
                            : ArithmeticOperators::modulo)
                        .of(in)));
  }

  private static List<Operator> logic() {
    return List.of(
        truth("Equal", (a, b) -> a == b ? 1 : 0),
        truth("Greater", (a, b) -> a > b ? 1 : 0),
        truth("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0).since(12),
        truth("Less", (a, b) -> a < b ? 1 : 0),
        truth("LessOrEqual", (a, b) -> a <= b ? 1 : 0).since(12),
        truth("And", (a, b) -> a != 0 && b != 0 ? 1 : 0),
        truth("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0));
  }

  private static Operator combination(String name, Combine.Kind kind) {
    return reader(name, kind).writes(kind, (to, combine) -> to.node(name, to.inputs()));
  }

  private static Operator reader(String name, Combine.Kind kind) {
    return Operator.named(name)
        .limits(SUMS)
        .reads((scope, node) -> List.of(new ArithmeticOperators(scope, node).chained(kind)));
  }

  private static Operator truth(String name, DoubleBinaryOperator f) {
    return Operator.named(name).computes(in -> combined(in, f, true));
  }

  /** A function of two numbers, applied to all inputs one after the other. */
  static Operator.One all(DoubleBinaryOperator f) {
    return in -> combined(in, f, false);
  }

  private static Constant combined(Operator.KnownNode in, DoubleBinaryOperator f, boolean truth) {
    Constant found = in.x();
    for (@Nullable Constant other : in.inputs().subList(1, in.inputs().size())) {
      if (other != null) {
        in.budget().take(Shapes.broadcast(found.shape(), other.shape()));
        found = combined(found, other, f, truth);
      }
    }
    return found;
  }

  private static Constant combined(Constant a, Constant b, DoubleBinaryOperator f, boolean truth) {
    int[] to = Shapes.broadcast(a.shape(), b.shape());
    int[] first = Shapes.sources(a.shape(), to);
    int[] second = Shapes.sources(b.shape(), to);
    double[] values = new double[first.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = f.applyAsDouble(a.number(first[i]), b.number(second[i]));
    }
    return truth ? Constant.integers(DataType.BOOL, to, longs(values)) : like(a, to, values);
  }

  /** A tensor of the type of another; numbers are rounded to it, integers towards zero. */
  static Constant like(Constant x, int[] shape, double[] values) {
    if (!x.floating()) {
      return Constant.integers(x.type(), shape, longs(values));
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Constant.floats(shape, floats);
  }

  private static long[] longs(double[] values) {
    return Arrays.stream(values).mapToLong(v -> (long) v).toArray();
  }

  /** The quotient of integers, rounded towards zero. */
  private static double quotient(double a, double b) {
    Checks.refuse(b == 0, "a division by zero");
    double q = a / b;
    return q < 0 ? Math.ceil(q) : Math.floor(q);
  }

  private static double modulo(double a, double b) {
    return a - b * Math.floor(a / b);
  }

  /** scale · x + shift. */
  static View affine(Scope scope, View x, double scale, double shift) {
    return x.of(scope.draft().affine(x.node(), scale, shift));
  }

  private View mean() {
    return affine(scope, chained(Combine.Kind.ADD), 1.0 / node.inputs().size(), 0);
  }

  private View chained(Combine.Kind kind) {
    Value found = scope.value(node, 0);
    for (int i = 1; i < node.inputs().size(); i++) {
      found = joined(kind, found, scope.value(node, i));
    }
    return found instanceof View view ? view : scope.view(node, 0);
  }

  private Value joined(Combine.Kind kind, Value a, Value b) {
    if (a instanceof View first && b instanceof View second) {
      return pair(kind, first, second);
    } else if (a instanceof View view) {
      return withConstant(kind, view, (Constant) b);
    } else if (b instanceof View view) {
      return constantWith(kind, (Constant) a, view);
    }
    throw new IllegalArgumentException("its first inputs are both known, others not");
  }

  private View withConstant(Combine.Kind kind, View x, Constant constant) {
    boolean sum = kind == Combine.Kind.ADD || kind == Combine.Kind.SUB;
    boolean bound = kind == Combine.Kind.MAX || kind == Combine.Kind.MIN;
    if (sum && Broadcast.differsByPosition(x, constant)) {
      return Broadcast.shifted(scope, x, constant, kind == Combine.Kind.ADD ? 1 : -1);
    } else if (Broadcast.differs(x, constant) || (bound && !constant.uniform())) {
      return pair(kind, x, known(x, constant));
    }
    Broadcast c = Broadcast.perChannel(scope, x, constant);
    double[] v = c.values();
    return switch (kind) {
      case ADD -> affine(c, one(), v);
      case SUB -> affine(c, one(), map(v, t -> -t));
      case MUL -> affine(c, v, zero());
      case DIV -> affine(c, map(v, t -> 1 / t), zero());
      case MAX -> ActivationOperators.clipped(scope, c.view(), single(v), Double.POSITIVE_INFINITY);
      case MIN -> ActivationOperators.clipped(scope, c.view(), Double.NEGATIVE_INFINITY, single(v));
    };
  }

  private View constantWith(Combine.Kind kind, Constant constant, View x) {
    if (kind == Combine.Kind.SUB) {
      return withConstant(Combine.Kind.ADD, affine(scope, x, -1, 0), constant);
    } else if (kind == Combine.Kind.DIV) {
      View inverse = ActivationOperators.reciprocal(scope, x);
      return withConstant(Combine.Kind.MUL, inverse, constant);
    }
    return withConstant(kind, x, constant);
  }

  /** A known tensor as a map that a view can be combined with. */
  private View known(View x, Constant constant) {
    View wide = x.widened(constant.rank());
    boolean fits = Arrays.equals(Shapes.broadcast(wide.shape(), constant.shape()), wide.shape());
    return fits
        ? scope.layout().known(constant, wide, false)
        : scope.layout().known(constant, x.node());
  }

  private View affine(Broadcast x, double[] scale, double[] shift) {
    return x.view().of(scope.draft().affine(x.view().node(), scale, shift));
  }

  private static double single(double[] values) {
    Checks.refuse(values.length > 1, "bounds that differ between channels can't be read");
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

  /** A view plus another one, or plus a known tensor. */
  View sum(View x, Value other) {
    return other instanceof View view
        ? pair(Combine.Kind.ADD, x, view)
        : withConstant(Combine.Kind.ADD, x, (Constant) other);
  }

  /** Each value of the one or the other, as a known tensor says. */
  View where() {
    Constant condition = scope.constant(node, 0);
    Value yes = scope.value(node, 1);
    Value no = scope.value(node, 2);
    if (yes instanceof View a && no instanceof View b) {
      View first = withConstant(Combine.Kind.MUL, a, mask(condition, 1, 1, 0));
      View second = withConstant(Combine.Kind.MUL, b, mask(condition, 0, 1, 0));
      return pair(Combine.Kind.ADD, first, second);
    }
    boolean isYes = yes instanceof View;
    View x = (View) (isYes ? yes : no);
    Constant other = (Constant) (isYes ? no : yes);
    Checks.require(other.uniform(), "a known value of shape %s", Arrays.toString(other.shape()));
    double value = other.number(0);
    if (value <= -LARGE) {
      return withConstant(Combine.Kind.ADD, x, mask(condition, isYes ? 0 : 1, value, 0));
    }
    View kept = withConstant(Combine.Kind.MUL, x, mask(condition, isYes ? 1 : 0, 1, 0));
    return value == 0
        ? kept
        : withConstant(Combine.Kind.ADD, kept, mask(condition, isYes ? 0 : 1, value, 0));
  }

  /** One number where the condition is, another one elsewhere. */
  private static Constant mask(Constant condition, int is, double value, double otherwise) {
    float[] values = new float[condition.size()];
    for (int i = 0; i < values.length; i++) {
      boolean met = (condition.integer(i) != 0) == (is == 1);
      values[i] = (float) (met ? value : otherwise);
    }
    return Constant.floats(condition.shape(), values);
  }

  /** Two views combined value by value, with broadcasting. */
  private View pair(Combine.Kind kind, View one, View two) {
    int rank = Math.max(one.rank(), two.rank());
    View a = one.widened(rank);
    View b = two.widened(rank);
    Shapes.broadcast(a.shape(), b.shape());
    Optional<View> joined = a.broadcastWith(b);
    if (joined.isEmpty()) {
      boolean first = leads(a, b);
      int[] shape = Shapes.broadcast(a.shape(), b.shape());
      View leading = scope.layout().repeated(first ? a : b, shape);
      View other = scope.layout().like(first ? b : a, leading);
      a = first ? leading : other;
      b = first ? other : leading;
      joined = a.broadcastWith(b);
    }
    int made = scope.draft().combine(kind, a.node(), b.node());
    return joined.orElseThrow(() -> unfit(one, two)).of(made);
  }

  private static IllegalArgumentException unfit(View a, View b) {
    return new IllegalArgumentException(
        "cannot combine %s and %s"
            .formatted(Arrays.toString(a.shape()), Arrays.toString(b.shape())));
  }

  /** Whether the layout of one view is kept: of the larger, or of the one that was there first. */
  private static boolean leads(View a, View b) {
    long first = Constant.size(a.shape());
    long second = Constant.size(b.shape());
    return first > second || (first == second && a.node() <= b.node());
  }

  private static String writeScaledAdd(LayerWriter to, Layer.ScaledAdd add) {
    String first = to.inputs().get(0);
    String second = to.inputs().get(1);
    String scaled =
        add.scale() == 1 ? second : to.node("Mul", List.of(second, to.number(add.scale())));
    return to.node("Add", List.of(first, scaled));
  }
}
