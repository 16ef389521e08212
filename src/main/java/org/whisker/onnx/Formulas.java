package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Operation.Combine;

/**
 * Recognises activations that are written as formulas: a part of the graph that is a function of
 * each value of one map is evaluated at many numbers, and compared with the activations that
 * networks have. So it doesn't matter how an exporter wrote GELU or hard swish.
 */
final class Formulas {
  private static final int LONGEST = 24;

  private final Rewriting graph;

  private Formulas(Rewriting graph) {
    this.graph = graph;
  }

  static void replace(Rewriting graph) {
    new Formulas(graph).all();
  }

  /** From the last node on, so that whole formulas are found before their parts. */
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
      KnownActivations.Formula formula = x -> values(position, base, x, new HashMap<>());
      if (shorter && KnownActivations.identity(formula)) {
        graph.leaveOut(position, base);
        return;
      }
      Optional<Activation> known = shorter ? KnownActivations.of(formula) : Optional.empty();
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

  private static double combined(Combine.Kind kind, double a, double b) {
    return switch (kind) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }
}
