package org.whisker.network;

import java.util.List;
import java.util.TreeMap;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;

/**
 * A network split before its last linear layer: {@code classifier.6} of a VGG-16 ({@code
 * classifier} of one with a pooled head), {@code classif} of an Inception-ResNet v2. A dropout
 * directly before that layer belongs to the head.
 *
 * @param backbone all layers up to a vector of features
 * @param head the rest; its input, the features, is a picture of one row (1 × 1 × n)
 */
public record HeadSplit(Network backbone, Network head) {
  /**
   * Splits a network.
   *
   * @throws IllegalArgumentException if its last layer is not linear
   */
  public static HeadSplit of(Network network) {
    List<Node> nodes = network.nodes();
    int last = nodes.size() - 1;
    if (!(nodes.get(last).layer() instanceof Layer.Linear)) {
      throw new IllegalArgumentException(
          network.name() + " ends in " + nodes.get(last).name() + ", not in a linear layer");
    }
    int features = nodes.get(last).inputs().get(0);
    if (nodes.get(features).layer() instanceof Layer.Dropout) {
      features = nodes.get(features).inputs().get(0);
    }
    return new HeadSplit(upTo(network, features), behind(network, features));
  }

  private static Network upTo(Network network, int position) {
    TreeMap<String, Integer> stages = new TreeMap<>(network.stages());
    stages.values().removeIf(stage -> stage > position);
    return new Network(
        network.name() + " backbone",
        network.nodes().subList(0, position + 1),
        stages,
        network.padding());
  }

  private static Network behind(Network network, int position) {
    List<Node> nodes = network.nodes();
    int length = Math.toIntExact(nodes.get(position).shape().size());
    NetworkBuilder head = new NetworkBuilder(new FeatureShape(1, 1, length));
    int at = head.add("features", new Layer.Flatten(), head.input());
    for (Node node : nodes.subList(position + 1, nodes.size())) {
      at = head.add(node.name(), node.layer(), at);
    }
    return head.build(network.name() + " head");
  }
}
