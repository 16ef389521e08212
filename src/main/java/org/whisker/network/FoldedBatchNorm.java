package org.whisker.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whisker.network.Network.Node;

/**
 * A network without the batch norms that directly follow a convolution: each becomes part of the
 * convolution's weight and bias (see {@code weights.BatchNormFolding} for the numbers).
 *
 * @param network the remaining network
 * @param folds the batch norm that each convolution absorbed, by the name of the convolution
 */
public record FoldedBatchNorm(Network network, Map<String, Node> folds) {
  public static FoldedBatchNorm of(Network source) {
    Map<String, Node> folds = new HashMap<>();
    List<Node> kept = new ArrayList<>();
    int[] moved = new int[source.nodes().size()];
    for (int i = 0; i < moved.length; i++) {
      Node node = source.nodes().get(i);
      if (node.layer() instanceof Layer.BatchNorm && follows(source, node)) {
        int conv = moved[node.inputs().get(0)];
        folds.put(kept.get(conv).name(), node);
        kept.set(conv, withBias(kept.get(conv)));
        moved[i] = conv;
      } else {
        moved[i] = kept.size();
        kept.add(rewired(node, moved));
      }
    }
    return new FoldedBatchNorm(rebuilt(source, kept, moved), Map.copyOf(folds));
  }

  private static boolean follows(Network source, Node norm) {
    int from = norm.inputs().get(0);
    long readers = source.nodes().stream().filter(n -> n.inputs().contains(from)).count();
    return source.nodes().get(from).layer() instanceof Layer.Conv && readers == 1;
  }

  private static Node withBias(Node node) {
    Layer biased = ((Layer.Conv) node.layer()).withBias();
    return new Node(node.name(), biased, node.inputs(), node.shape());
  }

  private static Node rewired(Node node, int[] moved) {
    List<Integer> inputs = node.inputs().stream().map(i -> moved[i]).toList();
    return new Node(node.name(), node.layer(), inputs, node.shape());
  }

  private static Network rebuilt(Network source, List<Node> kept, int[] moved) {
    Map<String, Integer> stages = new HashMap<>();
    source.stages().forEach((name, position) -> stages.put(name, moved[position]));
    return new Network(source.name(), kept, stages, source.padding());
  }
}
