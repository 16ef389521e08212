package org.whisker.onnx;

import java.util.ArrayList;
import java.util.List;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.weights.Weights;

/** Writes one layer of a network as nodes of a graph: what the writers of operators are given. */
final class LayerWriter {
  private final NodeWriter to;
  private final Network network;
  private final Weights weights;
  private final Node node;
  private final List<String> inputs;
  private final boolean vector;

  /**
   * @param inputs names of the values that the layer reads
   * @param vector whether its first input has no rows and columns
   */
  private LayerWriter(
      NodeWriter to,
      Network network,
      Weights weights,
      Node node,
      List<String> inputs,
      boolean vector) {
    this.to = to;
    this.network = network;
    this.weights = weights;
    this.node = node;
    this.inputs = inputs;
    this.vector = vector;
  }

  /**
   * Writes all layers.
   *
   * @param image the value that the network takes
   * @return the name of the output
   */
  static String write(
      NodeWriter to, OperatorList operators, Network network, Weights weights, String image) {
    List<String> values = new ArrayList<>(List.of(image));
    List<Boolean> flat = new ArrayList<>(List.of(false));
    for (Node node : network.nodes().subList(1, network.nodes().size())) {
      Layer layer = node.layer();
      List<String> inputs = node.inputs().stream().map(values::get).toList();
      boolean vector = flat.get(node.inputs().get(0));
      LayerWriter writer = new LayerWriter(to, network, weights, node, inputs, vector);
      values.add(operators.writer(layer).write(writer, layer));
      boolean becomes = layer instanceof Layer.Flatten || layer instanceof Layer.Linear;
      boolean leaves = layer instanceof Operation.Rearrange || layer instanceof Layer.Conv;
      flat.add(becomes || (vector && !leaves));
    }
    return values.get(values.size() - 1);
  }

  /** The only input. */
  String x() {
    return inputs.get(0);
  }

  List<String> inputs() {
    return inputs;
  }

  /** The shape of the first input. */
  FeatureShape from() {
    return network.nodes().get(node.inputs().get(0)).shape();
  }

  /** Whether the first input is N × channels, without rows and columns. */
  boolean vector() {
    return vector;
  }

  Padding padding() {
    return network.padding();
  }

  /** Adds the layer's tensors; returns their names, in the order of its parameters. */
  List<String> tensors() {
    List<String> names = new ArrayList<>();
    for (Parameter p : node.parameters()) {
      long[] shape = p.shape().stream().mapToLong(Integer::longValue).toArray();
      names.add(to.tensor(p.name(), weights.floats(p.name()), shape));
    }
    return names;
  }

  /** A value, and behind it the layer's tensors. */
  List<String> withTensors(String x) {
    List<String> all = new ArrayList<>(List.of(x));
    all.addAll(tensors());
    return all;
  }

  /** A tensor of one number a channel, in the shape that is broadcast over positions. */
  String perChannel(String tensor) {
    return vector ? tensor : node("Reshape", List.of(tensor, integers(-1, 1, 1)));
  }

  /** Adds a node; returns the name of its value. */
  String node(String op, List<String> in, NodeWriter.Attribute... attributes) {
    return to.node(node.name(), op, in, attributes);
  }

  /** Adds a node of one input; returns the name of its value. */
  String node(String op, String x, NodeWriter.Attribute... attributes) {
    return node(op, List.of(x), attributes);
  }

  /** Whether a window pads by itself: ONNX's windows pad with zeros, or not at all. */
  boolean padsItself(Window window) {
    return padding() == Padding.ZERO || !window.padded();
  }

  /** A value with the rows and columns that a window adds under the network's padding. */
  String padded(Window window, String x) {
    Operation.Pad pad =
        new Operation.Pad(
            Operation.Pad.Sides.NONE,
            new Operation.Pad.Sides(window.rows().before(), window.rows().after()),
            new Operation.Pad.Sides(window.columns().before(), window.columns().after()),
            Operation.Pad.Mode.OWN);
    return PadOperator.write(this, pad, x);
  }

  /** Adds a small tensor; returns its name. */
  String floats(long[] shape, double... values) {
    return to.floats(shape, values);
  }

  String number(double value) {
    return to.number(value);
  }

  /** Adds a vector of integers; returns its name. */
  String integers(long... values) {
    return to.integers(values);
  }
}
