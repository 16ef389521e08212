package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window.Padding;

/** Networks for tests: layers one after another, each called by its number. */
public final class Chains {
  private Chains() {}

  /** The layers in their order behind an input, with zero padding. */
  public static Network of(FeatureShape input, Layer... layers) {
    List<Node> nodes =
        new ArrayList<>(List.of(new Node("input", new Layer.Input(input), List.of(), input)));
    for (Layer layer : layers) {
      int from = nodes.size() - 1;
      FeatureShape shape = layer.output(List.of(nodes.get(from).shape()));
      nodes.add(new Node("layer." + from, layer, List.of(from), shape));
    }
    return new Network("chain", nodes, Map.of(), Padding.ZERO);
  }
}
