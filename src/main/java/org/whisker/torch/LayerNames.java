package org.whisker.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.network.Network;
import org.whisker.network.Node;

/**
 * The public names of a network's nodes after batch norms may have been folded. A convolution that
 * absorbed a norm outputs what the norm did, so it has the norm's name; its own output no longer
 * exists, and neither does its name.
 */
final class LayerNames {
  private final String network;
  private final Map<String, Integer> positions = new LinkedHashMap<>();
  private final Map<String, Integer> stages;

  /**
   * Names the nodes of {@code network}.
   *
   * @param folds the batch norms folded into its convolutions, by the name of the convolution
   */
  LayerNames(Network network, Map<String, Node> folds) {
    this.network = network.name();
    this.stages = network.stages();
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      Node norm = folds.get(node.name());
      positions.put(norm == null ? node.name() : norm.name(), i);
    }
  }

  /** The names of all layers that can be read, from the input to the output. */
  List<String> all() {
    return List.copyOf(positions.keySet());
  }

  /** From the input to the output: the nodes that end a stage, by the stage's name. */
  List<String> stages() {
    return stages.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The node of a layer or stage.
   *
   * @throws IllegalArgumentException if there is none; the message lists the layers
   */
  int position(String name) {
    Integer position = stages.getOrDefault(name, positions.get(name));
    if (position == null) {
      throw new IllegalArgumentException(
          "no layer " + name + " in " + network + "; layers: " + String.join(", ", all()));
    }
    return position;
  }
}
