package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Activation.Kind;
import org.whisker.network.Operation.Combine;
import org.whisker.onnx.Draft.Step;

/**
 * Recognises activations that are written as formulas: a part of the graph that is a function of
 * each value of one map is evaluated at many numbers, and compared with the activations that
 * networks have. So it doesn't matter how an exporter wrote GELU or hard swish.
 */
record Formulas(Rewriting graph) {
  private static final int LONGEST = 24;

  static void replace(Rewriting graph) {
    new Formulas(graph).all();
  }

  /** Visits nodes from the last one on, so that whole formulas are found before their parts. */
  private void all() {
    boolean[] live = graph.live();
    for (int i = graph.size() - 1; i > 0; i--) {
      live = graph.changed() ? graph.live() : live;
      if (!graph.leftOut(i) && live[i] && scalar(i)) {
        replace(i);
      }
    }
  }

  private void replace(int position) {
    boolean plain = graph.step(position) instanceof Step.Known k && k.layer() instanceof Activation;
    for (int base : bases(position)) {
      boolean shorter = !plain || base != graph.input(position);
      Formula formula = x -> values(position, base, x, new HashMap<>());
      if (shorter && identity(formula)) {
        graph.leaveOut(position, base);
        return;
      }
      Optional<Activation> known = shorter ? knownActivations(formula) : Optional.empty();
      if (known.isPresent()) {
        graph.replace(position, known.get(), base);
        return;
      }
    }
  }

  /** Whether a node is a function of the values of its inputs, the same for all. */
  private boolean scalar(int position) {
    Step step = graph.step(position);
    if (step instanceof Step.Known known) {
      return known.layer() instanceof Activation
          || (known.layer() instanceof Combine && alike(position));
    }
    return step instanceof Step.Function || ((Step.Affine) step).scalar();
  }

  private boolean alike(int position) {
    return graph.inputs(position).stream()
        .allMatch(i -> graph.node(i).shape().equals(graph.node(position).shape()));
  }

  /** The nodes before it through functions of values, the earliest first. */
  private List<Integer> bases(int position) {
    TreeSet<Integer> found = new TreeSet<>();
    List<Integer> open = new ArrayList<>(graph.inputs(position));
    while (!open.isEmpty() && found.size() < LONGEST) {
      int next = open.remove(0);
      if (found.add(next) && next > 0 && scalar(next)) {
        open.addAll(graph.inputs(next));
      }
    }
    return new ArrayList<>(found);
  }

  /** A node's values where {@code base} has these; null if it reads others too. */
  private double @Nullable [] values(
      int position, int base, double[] at, Map<Integer, double[]> known) {
    if (position == base) {
      return at;
    }
    if (position < base || known.size() > LONGEST || !scalar(position)) {
      return null;
    }
    double[] done = known.get(position);
    if (done != null) {
      return done;
    }
    List<double[]> inputs = new ArrayList<>();
    for (int input : graph.inputs(position)) {
      double[] values = values(input, base, at, known);
      if (values == null) {
        return null;
      }
      inputs.add(values);
    }
    double[] values = applied(graph.step(position), inputs);
    known.put(position, values);
    return values;
  }

  private static double[] applied(Step step, List<double[]> inputs) {
    double[] x = inputs.get(0);
    if (step instanceof Step.Affine affine) {
      return Arrays.stream(x).map(v -> v * affine.scale(0) + affine.shift(0)).toArray();
    } else if (step instanceof Step.Function function) {
      return Arrays.stream(x).map(function.function()).toArray();
    } else if (((Step.Known) step).layer() instanceof Activation activation) {
      return Arrays.stream(x).map(v -> ActivationMath.value(activation, v)).toArray();
    }
    Combine combine = (Combine) ((Step.Known) step).layer();
    double[] y = inputs.get(1);
    double[] values = new double[x.length];
    Arrays.setAll(values, i -> combined(combine.kind(), x[i], y[i]));
    return values;
  }

  static double combined(Combine.Kind kind, double a, double b) {
    return switch (kind) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }

  /** A function of a number, at many at once. */
  @FunctionalInterface
  private interface Formula {
    /** The values at these; null if it is no function of them alone. */
    double @Nullable [] at(double[] x);
  }

  /** Farther away only bounds matter, and exponentials overflow. */
  private static final double NEAR = 14;

  private static final double[] FAR = {15, 20, 30, 50, 80, 150, 500, 2e3, 1e4, 1e5, 1e6};
  private static final double[] FEW = samples(0.3, 40);
  private static final double[] MANY = samples(0.01, 1300);

  /** Constants in files are float32. */
  private static final double TOLERANCE = 2e-6;

  /** A norm's epsilon is no rounding. */
  private static final double EXACT = 1e-13;

  /** Samples from the least to the largest, symmetrically, with some in the gap around 0. */
  private static double[] samples(double step, int count) {
    DoubleStream near = IntStream.rangeClosed(-count, count).mapToDouble(i -> (i + 0.043) * step);
    DoubleStream gap = IntStream.range(1, 12).mapToDouble(i -> step / (1 << i));
    DoubleStream others =
        DoubleStream.concat(Arrays.stream(FAR), gap).flatMap(x -> DoubleStream.of(-x, x));
    return DoubleStream.concat(near, others).sorted().toArray();
  }

  /**
   * Which activation a function of a number is, by its values: at a few numbers activations are
   * chosen, at many the choice is checked, since a bound may lie between two of the few.
   */
  private static boolean identity(Formula formula) {
    return matches(formula, x -> x, EXACT, FEW) && matches(formula, x -> x, EXACT, MANY);
  }

  private static Optional<Activation> knownActivations(Formula formula) {
    double[] values = formula.at(FEW);
    if (values == null
        || IntStream.range(0, FEW.length).anyMatch(i -> !far(FEW[i]) && !finite(values[i]))) {
      return Optional.empty();
    }
    return candidates(values).stream()
        .filter(a -> matches(values, x -> ActivationMath.value(a, x), TOLERANCE, FEW))
        .filter(a -> matches(formula, x -> ActivationMath.value(a, x), TOLERANCE, MANY))
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
    double slope = values[0] / FEW[0];
    if (slope >= 0 && slope < 0.99) {
      all.add(new Activation(Kind.LEAKY_RELU, List.of((double) (float) slope)));
    }
    if (values[0] < 0 && finite(values[0])) {
      double alpha = -values[0] / (1 - Math.exp(FEW[0]));
      all.add(new Activation(Kind.ELU, List.of((double) (float) alpha)));
    }
    hardSigmoid(values).ifPresent(all::add);
    return all;
  }

  /** Bounds that lie within the samples. */
  private static Optional<Activation> clip(double[] values) {
    double low = Arrays.stream(values).filter(Formulas::finite).min().orElse(0);
    double high = Arrays.stream(values).filter(Formulas::finite).max().orElse(0);
    boolean below = low < FEW[0] + 0.1;
    boolean above = high > FEW[FEW.length - 1] - 0.1;
    return low >= high || (below && above)
        ? Optional.empty()
        : Optional.of(
            Activation.clip(
                below ? Double.NEGATIVE_INFINITY : low, above ? Double.POSITIVE_INFINITY : high));
  }

  /** Fits a hard sigmoid, whose slope and offset follow from two samples next to 0. */
  private static Optional<Activation> hardSigmoid(double[] values) {
    int middle = FEW.length / 2;
    double step = FEW[middle + 1] - FEW[middle];
    double slope = (values[middle + 1] - values[middle]) / step;
    double offset = values[middle] - slope * FEW[middle];
    return slope > 0 && finite(offset)
        ? Optional.of(
            new Activation(
                Kind.HARD_SIGMOID, List.of((double) (float) slope, (double) (float) offset)))
        : Optional.empty();
  }

  private static boolean far(double x) {
    return Math.abs(x) > NEAR;
  }

  private static boolean finite(double value) {
    return Double.isFinite(value);
  }

  private static boolean matches(
      Formula formula, DoubleUnaryOperator f, double tolerance, double[] at) {
    double[] values = formula.at(at);
    return values != null && matches(values, f, tolerance, at);
  }

  /** Whether a function has these values; where a formula overflows it has no value to compare. */
  private static boolean matches(
      double[] values, DoubleUnaryOperator f, double tolerance, double[] at) {
    for (int i = 0; i < values.length; i++) {
      double wanted = f.applyAsDouble(at[i]);
      boolean overflown = far(at[i]) && !finite(values[i]);
      if (!overflown && !(Math.abs(values[i] - wanted) <= tolerance * (1 + Math.abs(wanted)))) {
        return false;
      }
    }
    return true;
  }
}
