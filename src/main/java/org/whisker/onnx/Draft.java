package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Rearrange;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.weights.Weights.Tensor;

/**
 * A network under construction: nodes are only added, and equal ones without tensors are one node.
 */
final class Draft {
  /** Values of a map. */
  static final long LARGEST = 1 << 28;

  private static final int MOST_NODES = 20_000;

  private record Key(Step step, List<Integer> inputs) {}

  private final List<Entry> nodes = new ArrayList<>();
  private final Map<Key, Integer> known = new HashMap<>();
  private GraphNode source;

  Draft(GraphNode source, FeatureShape input) {
    this.source = source;
    nodes.add(
        new Entry(
            source, new Step.Known(new Layer.Input(input)), List.of(), input, Map.of(), false));
  }

  /** Adds nodes for {@code next} of the file from now on. */
  void source(GraphNode next) {
    source = next;
  }

  List<Entry> nodes() {
    return nodes;
  }

  Entry node(int position) {
    return nodes.get(position);
  }

  FeatureShape shape(int position) {
    return nodes.get(position).shape();
  }

  int add(Layer layer, Map<String, Tensor> tensors, int... inputs) {
    return add(new Step.Known(layer), tensors, inputs);
  }

  int add(Layer layer, int... inputs) {
    return add(new Step.Known(layer), Map.of(), inputs);
  }

  int add(Step step, Map<String, Tensor> tensors, int... inputs) {
    List<Integer> from = Arrays.stream(inputs).boxed().toList();
    Key key = new Key(step, from);
    Integer same = tensors.isEmpty() ? known.get(key) : null;
    if (same != null) {
      return same;
    }
    FeatureShape shape = step.output(from.stream().map(this::shape).toList());
    if (shape.size() > LARGEST || nodes.size() >= MOST_NODES) {
      throw new IllegalArgumentException(
          nodes.size() >= MOST_NODES ? "the network has too many layers" : "a map of " + shape);
    }
    nodes.add(new Entry(source, step, from, shape, tensors, flat(step, from)));
    if (tensors.isEmpty()) {
      known.put(key, nodes.size() - 1);
    }
    return nodes.size() - 1;
  }

  private boolean flat(Step step, List<Integer> inputs) {
    if (step instanceof Step.Known layer) {
      if (layer.layer() instanceof Layer.Flatten || layer.layer() instanceof Layer.Linear) {
        return true;
      }
      if (layer.layer() instanceof Rearrange || layer.layer() instanceof Layer.Conv) {
        return false;
      }
    }
    return !inputs.isEmpty() && nodes.get(inputs.get(0)).flat();
  }

  /** Multiplied and shifted by a number, or one for each channel. */
  int affine(int x, double[] scale, double[] shift) {
    Step.Affine affine = new Step.Affine(scale, shift);
    return affine.identity() ? x : add(affine, Map.of(), x);
  }

  int affine(int x, double scale, double shift) {
    return affine(x, new double[] {scale}, new double[] {shift});
  }

  /** A function of each value that may be part of a formula, or that layer by itself. */
  int function(String name, Activation alone, int x) {
    Step step = new Step.Function(name, v -> ActivationMath.value(alone, v), Optional.of(alone));
    return add(step, Map.of(), x);
  }

  /** Flattens a map to N × channels, row by row. */
  int vector(int x) {
    return nodes.get(x).flat() ? x : add(new Layer.Flatten(), x);
  }

  /** Gives a vector rows and columns at run time, even if there is one of each. */
  int map(int x) {
    if (!nodes.get(x).flat()) {
      return x;
    }
    FeatureShape shape = shape(x);
    return add(new Rearrange(List.of(shape.channels()), List.of(0), shape), x);
  }

  /** Two maps of shapes that fit, value by value. */
  int combine(Combine.Kind kind, int a, int b) {
    boolean same = nodes.get(a).flat() == nodes.get(b).flat();
    return add(new Combine(kind), same ? a : map(a), same ? b : map(b));
  }

  int concat(List<Integer> parts) {
    boolean flat = parts.stream().allMatch(p -> nodes.get(p).flat());
    int[] inputs = parts.stream().mapToInt(p -> flat ? p : map(p)).toArray();
    return inputs.length == 1 ? inputs[0] : add(new Layer.Concat(), inputs);
  }

  /** A part of the channels, rows and columns; the map itself if it is all of them. */
  int cut(int x, Operation.Range channels, Operation.Range rows, Operation.Range columns) {
    FeatureShape s = shape(x);
    boolean all =
        channels.equals(Operation.Range.all(s.channels()))
            && rows.equals(Operation.Range.all(s.height()))
            && columns.equals(Operation.Range.all(s.width()));
    return all ? x : add(new Operation.Cut(channels, rows, columns), map(x));
  }

  /**
   * A node of a network under construction.
   *
   * @param source the file's node, for names and messages
   * @param inputs positions of the nodes that it reads
   * @param tensors by the last part of their name, such as weight
   * @param flat whether the tensor at run time is N × channels, not N × channels × rows × columns
   */
  record Entry(
      GraphNode source,
      Step step,
      List<Integer> inputs,
      FeatureShape shape,
      Map<String, Tensor> tensors,
      boolean flat) {
    Entry {
      inputs = List.copyOf(inputs);
      tensors = Map.copyOf(tensors);
    }
  }

  /** What a node of a network under construction does. */
  sealed interface Step {
    /** A layer as networks have it. */
    record Known(Layer layer) implements Step {}

    /** scale · x + shift, with one number, or one for each channel. */
    final class Affine implements Step {
      private final double[] scale;
      private final double[] shift;

      Affine(double[] scale, double[] shift) {
        this.scale = scale.clone();
        this.shift = shift.clone();
      }

      double scale(int channel) {
        return scale[scale.length == 1 ? 0 : channel];
      }

      double shift(int channel) {
        return shift[shift.length == 1 ? 0 : channel];
      }

      /** Whether it only shifts. */
      boolean isShift() {
        return Arrays.stream(scale).allMatch(s -> s == 1);
      }

      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Affine a
            && Arrays.equals(scale, a.scale)
            && Arrays.equals(shift, a.shift);
      }

      @Override
      public int hashCode() {
        return 31 * Arrays.hashCode(scale) + Arrays.hashCode(shift);
      }

      /** Whether it is one number for all channels. */
      boolean scalar() {
        return scale.length == 1 && shift.length == 1;
      }

      boolean identity() {
        return isShift() && Arrays.stream(shift).allMatch(t -> t == 0);
      }
    }

    /**
     * A function of each value that is as a rule part of a longer formula, such as that of GELU.
     *
     * @param name the name of the operator, and its number if it has one
     * @param layer what it is if it stands alone
     */
    record Function(String name, DoubleUnaryOperator function, Optional<Activation> layer)
        implements Step {
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Function f && f.name.equals(name);
      }

      @Override
      public int hashCode() {
        return name.hashCode();
      }
    }

    /** The output's shape for these input shapes. */
    default FeatureShape output(List<FeatureShape> inputs) {
      return this instanceof Known known ? known.layer().output(inputs) : inputs.get(0);
    }
  }
}
