package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.value.Text;

/** The layers of a network for another input or another number of outputs. */
public final class Resized {
  private Resized() {}

  /**
   * Gives the same layers new shapes. With other channels, the convolutions that read the input
   * take these; with other outputs, the last layer gives them.
   *
   * @throws IllegalArgumentException naming the layer that does not fit
   */
  public static Network of(Network network, FeatureShape input, int outputs) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      boolean last = nodes.size() == network.nodes().size() - 1;
      Layer layer = changed(node, input, last ? outputs : 0);
      List<FeatureShape> shapes = node.inputs().stream().map(i -> nodes.get(i).shape()).toList();
      nodes.add(new Node(node.name(), layer, node.inputs(), shape(node, layer, shapes)));
    }
    return new Network(network.name(), nodes, network.stages(), network.padding());
  }

  private static Layer changed(Node node, FeatureShape input, int outputs) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Input) {
      return new Layer.Input(input);
    } else if (layer instanceof Layer.Conv conv && node.inputs().contains(0)) {
      return conv.in() == input.channels()
          ? conv
          : new Layer.Conv(input.channels(), conv.out(), conv.window(), conv.groups(), conv.bias());
    } else if (outputs > 0 && node.shape().size() != outputs) {
      if (layer instanceof Layer.Linear linear) {
        return new Layer.Linear(linear.in(), outputs);
      }
      throw new IllegalArgumentException(
          Text.of(
              "the network ends in %s, not in a linear layer, and gives %d outputs, not %d",
              node.name(), node.shape().size(), outputs));
    }
    return layer;
  }

  private static FeatureShape shape(Node node, Layer layer, List<FeatureShape> inputs) {
    try {
      FeatureShape shape = layer.output(inputs);
      checkChannels(layer, inputs);
      return shape;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "this input does not fit " + node.name() + " (" + e.getMessage() + ")", e);
    }
  }

  private static void checkChannels(Layer layer, List<FeatureShape> inputs) {
    int needed =
        layer instanceof Layer.Linear linear
            ? linear.in()
            : layer instanceof Layer.Conv conv
                ? conv.in()
                : layer instanceof Layer.BatchNorm norm ? norm.channels() : 0;
    if (needed > 0 && !inputs.isEmpty() && inputs.get(0).channels() != needed) {
      throw new IllegalArgumentException(needed + " channels, not " + inputs.get(0));
    }
  }
}
