package org.whisker.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Pad;
import org.whisker.network.Operation.Reduce;
import org.whisker.network.Window;
import org.whisker.onnx.Draft.Step;
import org.whisker.weights.Weights.Tensor;

/**
 * Replaces what exporters write in small steps by layers: norms, biases, residuals and padding that
 * belongs to a convolution.
 */
final class Simplifying {
  private final Rewriting graph;
  private List<List<Integer>> readers;

  private Simplifying(Rewriting graph) {
    this.graph = graph;
    this.readers = graph.readers();
  }

  static void apply(Rewriting graph) {
    Simplifying simplifying = new Simplifying(graph);
    simplifying.each(simplifying::norm);
    simplifying.each(simplifying::repeated);
    simplifying.each(simplifying::residual);
    simplifying.each(simplifying::affine);
    simplifying.each(simplifying::padding);
    simplifying.each(simplifying::least);
  }

  private void each(IntConsumer rule) {
    boolean[] live = graph.live();
    for (int i = 1; i < graph.size(); i++) {
      if (graph.changed()) {
        live = graph.live();
        readers = graph.readers();
      }
      if (!graph.leftOut(i) && live[i]) {
        rule.accept(i);
      }
    }
  }

  private boolean readOnce(int position) {
    return readers.get(position).size() == 1;
  }

  private boolean is(int position, Combine.Kind kind) {
    return graph.step(position) instanceof Step.Known k
        && k.layer() instanceof Combine c
        && c.kind() == kind;
  }

  private boolean isFunction(int position, String name) {
    return graph.step(position) instanceof Step.Function f && f.name().equals(name);
  }

  private boolean isChannelMean(int position) {
    return graph.step(position) instanceof Step.Known k
        && k.layer() instanceof Reduce r
        && r.how() == Reduce.How.MEAN
        && r.over() == Reduce.Over.CHANNELS;
  }

  /** (x − mean) / sqrt(mean((x − mean)²) + eps), over channels. */
  private void norm(int position) {
    boolean divided = is(position, Combine.Kind.DIV);
    if (!divided && !is(position, Combine.Kind.MUL)) {
      return;
    }
    int centred = graph.inputs(position).get(0);
    int by = graph.inputs(position).get(1);
    if (!divided && isFunction(by, "reciprocal")) {
      by = graph.input(by);
    } else if (!divided) {
      return;
    }
    if (!isFunction(by, "sqrt") || !is(centred, Combine.Kind.SUB)) {
      return;
    }
    int x = graph.inputs(centred).get(0);
    int mean = graph.inputs(centred).get(1);
    int plus = graph.input(by);
    if (!isChannelMean(mean)
        || graph.input(mean) != x
        || !(graph.step(plus) instanceof Step.Affine eps)
        || !eps.scalar()
        || eps.scale(0) != 1
        || !isChannelMean(graph.input(plus))
        || !isSquare(graph.input(graph.input(plus)), centred)) {
      return;
    }
    int channels = graph.node(x).shape().channels();
    graph.replace(
        position,
        new Step.Known(new Operation.ChannelNorm(channels, eps.shift(0))),
        Map.of("weight", Constant.filled(channels, 1), "bias", Constant.filled(channels, 0)),
        x);
  }

  private boolean isSquare(int position, int of) {
    return (isFunction(position, "pow 2.0") && graph.input(position) == of)
        || (is(position, Combine.Kind.MUL) && graph.inputs(position).equals(List.of(of, of)));
  }

  /** What is repeated to the size of another map is repeated by their combination itself. */
  private void repeated(int position) {
    if (!(graph.step(position) instanceof Step.Known known)
        || !(known.layer() instanceof Combine combine)) {
      return;
    }
    int a = graph.inputs(position).get(0);
    int b = graph.inputs(position).get(1);
    if (!graph.node(a).shape().equals(graph.node(b).shape())) {
      return;
    }
    if (once(b) != b) {
      graph.replace(position, combine, a, once(b));
    } else if (once(a) != a) {
      graph.replace(position, combine, once(a), b);
    }
  }

  /** The one channel or position of which a map consists; the map itself where it has more. */
  private int once(int position) {
    if (!(graph.step(position) instanceof Step.Known known)) {
      return position;
    }
    List<Integer> from = graph.inputs(position);
    boolean channel =
        known.layer() instanceof Layer.Concat
            && graph.node(from.get(0)).shape().channels() == 1
            && from.stream().distinct().count() == 1;
    boolean place =
        known.layer() instanceof Operation.Resize
            && graph.node(from.get(0)).shape().height() == 1
            && graph.node(from.get(0)).shape().width() == 1;
    return channel || place ? from.get(0) : position;
  }

  /** A sum of equal shapes, whose second part may be scaled by one number. */
  private void residual(int position) {
    if (!is(position, Combine.Kind.ADD)) {
      return;
    }
    int a = graph.inputs(position).get(0);
    int b = graph.inputs(position).get(1);
    if (!graph.node(a).shape().equals(graph.node(b).shape())) {
      return;
    }
    if (isScale(b)) {
      graph.replace(position, new Layer.ScaledAdd(scale(b)), a, graph.input(b));
    } else if (isScale(a)) {
      graph.replace(position, new Layer.ScaledAdd(scale(a)), b, graph.input(a));
    } else {
      graph.replace(position, new Layer.ScaledAdd(1), a, b);
    }
  }

  private boolean isScale(int position) {
    return graph.step(position) instanceof Step.Affine affine
        && affine.scalar()
        && affine.shift(0) == 0
        && readOnce(position);
  }

  private double scale(int position) {
    return ((Step.Affine) graph.step(position)).scale(0);
  }

  /** Joined with one before it, or with the layer whose bias or norm it is. */
  private void affine(int position) {
    if (!(graph.step(position) instanceof Step.Affine affine)) {
      return;
    }
    int x = graph.input(position);
    if (affine.identity()) {
      graph.leaveOut(position, x);
    } else if (!readOnce(x)) {
      return;
    } else if (graph.step(x) instanceof Step.Affine before) {
      graph.replace(
          position,
          joined(before, affine, graph.node(x).shape().channels()),
          Map.of(),
          graph.input(x));
      affine(position);
    } else if (affine.isShift()) {
      shift(position, x, affine);
    } else if (graph.step(x) instanceof Step.Known k && scalable(k.layer())) {
      scaleNorm(position, x, affine);
    }
  }

  private static Step.Affine joined(Step.Affine first, Step.Affine second, int channels) {
    int n = first.scalar() && second.scalar() ? 1 : channels;
    double[] scale = new double[n];
    double[] shift = new double[n];
    for (int c = 0; c < n; c++) {
      scale[c] = first.scale(c) * second.scale(c);
      shift[c] = first.shift(c) * second.scale(c) + second.shift(c);
    }
    return new Step.Affine(scale, shift);
  }

  private static boolean scalable(Layer layer) {
    return layer instanceof Operation.ChannelNorm || layer instanceof Operation.GroupNorm;
  }

  private void shift(int position, int x, Step.Affine affine) {
    if (!(graph.step(x) instanceof Step.Known known)) {
      return;
    }
    Layer layer = known.layer();
    if (layer instanceof Layer.Conv conv) {
      layer = conv.withBias();
    } else if (!(layer instanceof Layer.Linear) && !scalable(layer)) {
      return;
    }
    int channels = graph.node(x).shape().channels();
    Map<String, Tensor> tensors = new HashMap<>(graph.node(x).tensors());
    Tensor old = tensors.getOrDefault("bias", Constant.filled(channels, 0));
    double[] bias = new double[channels];
    for (int c = 0; c < channels; c++) {
      bias[c] = old.floats().get(c) + affine.shift(c);
    }
    tensors.put("bias", Constant.tensor(bias));
    graph.replace(x, new Step.Known(layer), tensors, graph.inputs(x).toArray(new Integer[0]));
    graph.leaveOut(position, x);
  }

  /** A norm's own scale and shift. */
  private void scaleNorm(int position, int x, Step.Affine affine) {
    Map<String, Tensor> tensors = graph.node(x).tensors();
    int channels = graph.node(x).shape().channels();
    double[] weight = new double[channels];
    double[] bias = new double[channels];
    for (int c = 0; c < channels; c++) {
      weight[c] = tensor(tensors, "weight").floats().get(c) * affine.scale(c);
      bias[c] = tensor(tensors, "bias").floats().get(c) * affine.scale(c) + affine.shift(c);
    }
    graph.replace(
        x,
        graph.step(x),
        Map.of("weight", Constant.tensor(weight), "bias", Constant.tensor(bias)),
        graph.inputs(x).toArray(new Integer[0]));
    graph.leaveOut(position, x);
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("a norm without " + name);
    }
    return tensor;
  }

  /** Zeros before convolutions alone are their own padding, and follow the network's. */
  private void padding(int position) {
    if (!(graph.step(position) instanceof Step.Known known)
        || !(known.layer() instanceof Pad pad)
        || pad.mode() != Pad.Mode.OWN
        || !pad.channels().equals(Pad.Sides.NONE)) {
      return;
    }
    List<Integer> all = readers.get(position);
    boolean convolutions =
        all.stream()
            .allMatch(
                i -> graph.step(i) instanceof Step.Known k && k.layer() instanceof Layer.Conv);
    if (convolutions && position != graph.output()) {
      for (int reader : all) {
        Layer.Conv conv = (Layer.Conv) ((Step.Known) graph.step(reader)).layer();
        Window window =
            new Window(
                padded(conv.window().rows(), pad.rows()),
                padded(conv.window().columns(), pad.columns()));
        graph.replace(
            reader,
            new Step.Known(
                new Layer.Conv(conv.in(), conv.out(), window, conv.groups(), conv.bias())),
            graph.node(reader).tensors(),
            graph.input(position));
      }
    }
  }

  /** The least float around a map is never its maximum: it is a maximum's own padding. */
  private void least(int position) {
    if (!(graph.step(position) instanceof Step.Known known)
        || !(known.layer() instanceof Layer.MaxPool pool)
        || !isFunction(graph.input(position), PadOperator.LEAST)
        || !(graph.step(graph.input(graph.input(position))) instanceof Step.Known before)
        || !(before.layer() instanceof Pad pad)
        || !pad.channels().equals(Pad.Sides.NONE)) {
      return;
    }
    Window window =
        new Window(
            padded(pool.window().rows(), pad.rows()),
            padded(pool.window().columns(), pad.columns()));
    int x = graph.input(graph.input(graph.input(position)));
    graph.replace(position, new Layer.MaxPool(window), x);
  }

  private static Window.Axis padded(Window.Axis axis, Pad.Sides sides) {
    return new Window.Axis(
        axis.kernel(),
        axis.stride(),
        axis.dilation(),
        axis.before() + sides.before(),
        axis.after() + sides.after());
  }
}
