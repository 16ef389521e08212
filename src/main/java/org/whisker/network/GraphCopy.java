package org.whisker.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;

/** A network under construction, node by node of another one, with further nodes between these. */
final class GraphCopy {
  private final Network from;
  private final List<Node> nodes = new ArrayList<>();
  private final int[] moved;

  GraphCopy(Network from) {
    this.from = from;
    this.moved = new int[from.nodes().size()];
  }

  Network from() {
    return from;
  }

  /** What the node at {@code position} of the other network reads, in this one. */
  List<Integer> inputs(int position) {
    List<Integer> inputs = new ArrayList<>();
    from.nodes().get(position).inputs().forEach(i -> inputs.add(moved[i]));
    return inputs;
  }

  /** Adds a node, and returns its position. */
  int put(String name, Layer layer, List<Integer> inputs) {
    List<FeatureShape> in = inputs.stream().map(this::shape).toList();
    nodes.add(new Node(name, layer, inputs, layer.output(in)));
    return nodes.size() - 1;
  }

  FeatureShape shape(int position) {
    return nodes.get(position).shape();
  }

  /** Lets all that reads a node of the other network read this one. */
  void stands(int position, int here) {
    moved[position] = here;
  }

  Network network() {
    Map<String, Integer> stages = new LinkedHashMap<>();
    from.stages().forEach((name, at) -> stages.put(name, moved[at]));
    return new Network(from.name(), nodes, stages, from.padding());
  }
}
