package org.whisker.network;

import java.util.List;

/**
 * One layer in its place.
 *
 * @param name dotted, unique in its network; its tensors' names begin with it
 * @param inputs positions, in the network's list, of the nodes that it reads
 * @param shape what comes out of it, for one image
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
