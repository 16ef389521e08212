package org.whisker.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphNode;

/** Arithmetic, comparisons and logic on known tensors, computed in float64. */
final class FoldedMath {
  private FoldedMath() {}

  /** The output; empty for other operators. */
  static Optional<Constant> of(GraphNode node, List<@Nullable Constant> inputs) {
    Constant x = inputs.isEmpty() ? null : inputs.get(0);
    if (x == null) {
      return Optional.empty();
    }
    DoubleUnaryOperator one = one(node.op());
    if (one != null) {
      return Optional.of(like(x, x.shape(), doubles(x).map(one).toArray()));
    }
    DoubleBinaryOperator two = two(node, x.floating());
    if (two == null) {
      return Optional.empty();
    }
    Constant found = x;
    for (Constant other : inputs.subList(1, inputs.size())) {
      if (other != null) {
        found = combined(found, other, two, truth(node.op()));
      }
    }
    return Optional.of(found);
  }

  private static java.util.stream.DoubleStream doubles(Constant x) {
    return java.util.stream.IntStream.range(0, x.size()).mapToDouble(x::number);
  }

  private static Constant combined(
      Constant a, Constant b, DoubleBinaryOperator two, boolean truth) {
    int[] to = Shapes.broadcast(a.shape(), b.shape());
    Constant.allocatable(to);
    int[] first = Shapes.sources(a.shape(), to);
    int[] second = Shapes.sources(b.shape(), to);
    double[] values = new double[first.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = two.applyAsDouble(a.number(first[i]), b.number(second[i]));
    }
    return truth ? Constant.integers(DataType.BOOL, to, longs(values)) : like(a, to, values);
  }

  /** A tensor of the type of another. */
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

  /** A reduction; {@code to} is the element of the result to which each element belongs. */
  static double[] reduced(String op, Constant x, int[] to, int[] shape) {
    double[] values = new double[Constant.allocatable(shape)];
    double start =
        switch (op) {
          case "ReduceProd" -> 1;
          case "ReduceMax" -> Double.NEGATIVE_INFINITY;
          case "ReduceMin" -> Double.POSITIVE_INFINITY;
          default -> 0;
        };
    Arrays.fill(values, start);
    for (int i = 0; i < to.length; i++) {
      double v = x.number(i);
      values[to[i]] =
          switch (op) {
            case "ReduceProd" -> values[to[i]] * v;
            case "ReduceMax" -> Math.max(values[to[i]], v);
            case "ReduceMin" -> Math.min(values[to[i]], v);
            case "ReduceL1" -> values[to[i]] + Math.abs(v);
            case "ReduceL2", "ReduceSumSquare" -> values[to[i]] + v * v;
            default -> values[to[i]] + v;
          };
    }
    if (op.equals("ReduceMean")) {
      double count = (double) to.length / values.length;
      Arrays.setAll(values, i -> values[i] / count);
    } else if (op.equals("ReduceL2")) {
      Arrays.setAll(values, i -> Math.sqrt(values[i]));
    }
    return values;
  }

  private static @Nullable DoubleUnaryOperator one(String op) {
    return switch (op) {
      case "Neg" -> v -> -v;
      case "Abs" -> Math::abs;
      case "Sqrt" -> Math::sqrt;
      case "Reciprocal" -> v -> 1 / v;
      case "Exp" -> Math::exp;
      case "Log" -> Math::log;
      case "Floor" -> Math::floor;
      case "Ceil" -> Math::ceil;
      case "Round" -> Math::rint;
      case "Sign" -> Math::signum;
      case "Not" -> v -> v == 0 ? 1 : 0;
      case "Relu" -> v -> Math.max(0, v);
      case "Sigmoid" -> v -> 1 / (1 + Math.exp(-v));
      default -> null;
    };
  }

  private static @Nullable DoubleBinaryOperator two(GraphNode node, boolean floating) {
    return switch (node.op()) {
      case "Add", "Sum" -> Double::sum;
      case "Sub" -> (a, b) -> a - b;
      case "Mul" -> (a, b) -> a * b;
      case "Div" -> floating ? (a, b) -> a / b : FoldedMath::quotient;
      case "Mod" -> node.integer("fmod", 0) == 1 ? (a, b) -> a % b : FoldedMath::modulo;
      case "Pow" -> Math::pow;
      case "Max" -> Math::max;
      case "Min" -> Math::min;
      case "Equal" -> (a, b) -> a == b ? 1 : 0;
      case "Greater" -> (a, b) -> a > b ? 1 : 0;
      case "GreaterOrEqual" -> (a, b) -> a >= b ? 1 : 0;
      case "Less" -> (a, b) -> a < b ? 1 : 0;
      case "LessOrEqual" -> (a, b) -> a <= b ? 1 : 0;
      case "And" -> (a, b) -> a != 0 && b != 0 ? 1 : 0;
      case "Or" -> (a, b) -> a != 0 || b != 0 ? 1 : 0;
      default -> null;
    };
  }

  /** Rounded towards zero. */
  private static double quotient(double a, double b) {
    if (b == 0) {
      throw new IllegalArgumentException("a division by zero");
    }
    double q = a / b;
    return q < 0 ? Math.ceil(q) : Math.floor(q);
  }

  private static double modulo(double a, double b) {
    return a - b * Math.floor(a / b);
  }

  private static boolean truth(String op) {
    return switch (op) {
      case "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or" -> true;
      default -> false;
    };
  }
}
