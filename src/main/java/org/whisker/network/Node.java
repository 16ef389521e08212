package org.whisker.network;

import java.util.List;

/**
 * One layer at its position in a network.
 *
 * @param name dotted, unique in its network; its tensors' names begin with it
 * @param inputs positions, in the network's list, of the nodes that it reads
 * @param shape of its output, for one image
 */
public record Node(String name, Layer layer, List<Integer> inputs, FeatureShape shape) {
  public Node {
    inputs = List.copyOf(inputs);
  }

  public List<Parameter> parameters() {
    return layer.parameters(name);
  }

  public long multiplyAdds() {
    return layer.multiplyAdds(shape);
  }
}
