package org.whisker.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;

/**
 * The nodes at which a network can be cut in two: what follows reads that one map and nothing
 * before it, so that the network is a function of it.
 *
 * @param names the names of the layer or stage at each position
 * @param positions the positions of the nodes, ascending
 */
public record CutPoints(List<String> names, List<Integer> positions) {
  public CutPoints {
    names = List.copyOf(names);
    positions = List.copyOf(positions);
  }

  /** Whether the nodes behind read nothing before it. */
  public static boolean isCut(Network network, int position) {
    return network.nodes().stream()
        .skip(position + 1L)
        .flatMap(node -> node.inputs().stream())
        .allMatch(input -> input >= position);
  }

  /** Whether the logit follows from the map that the head reads, which is not the logit itself. */
  public static boolean isHeadCut(Network network) {
    int head = network.headMap();
    return isCut(network, head) && head < network.nodes().size() - 1;
  }

  /**
   * The first one of each size of maps, at the end of a stage where the network has stages, the map
   * that the head reads, and the last feature map: every pooling of VGG-16, the ends of blocks of
   * Inception-ResNet v2.
   */
  public static CutPoints of(Network network) {
    Map<Integer, String> stages = new HashMap<>();
    network.stages().forEach((name, position) -> stages.put(position, name));
    int last = network.lastFeatureMap();
    int head = network.headMap();
    Set<List<Integer>> sizes = new HashSet<>(Set.of(size(network.input())));
    List<String> names = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      Node node = network.nodes().get(i);
      boolean end = stages.isEmpty() || stages.containsKey(i);
      boolean isNew = end && isCut(network, i) && sizes.add(size(node.shape()));
      if (isNew || ((i == last || i == head) && isCut(network, i))) {
        names.add(stages.getOrDefault(i, node.name()));
        positions.add(i);
      }
    }
    return new CutPoints(names, positions);
  }

  private static List<Integer> size(FeatureShape shape) {
    return List.of(shape.height(), shape.width());
  }
}
