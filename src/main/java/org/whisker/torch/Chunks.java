package org.whisker.torch;

import java.util.ArrayList;
import java.util.List;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;

/**
 * The first layers of a network in parts that are computed for one picture, or for four, at a time,
 * on a single thread: what a layer reads and writes then stays in the cache next to a core. Later
 * maps are smaller, and there a call for all pictures costs less. Several threads would wait for
 * each other in each call.
 */
final class Chunks {
  /** Bytes that a layer reads and writes; with more, few pictures at a time were faster. */
  private static final long CACHED = 1 << 20;

  private static final List<Integer> PICTURES = List.of(1, 4);

  private Chunks() {}

  /**
   * A part of a network.
   *
   * @param from the node before it, the only one outside that it reads
   * @param to its last node, the only one that is read outside
   * @param pictures at a time
   */
  record Chunk(int from, int to, int pictures) {}

  /** The parts, from the input on; none where all maps are small. */
  static List<Chunk> of(Network network, Precision precision) {
    List<Chunk> chunks = new ArrayList<>();
    int from = 0;
    for (int pictures : PICTURES) {
      int to = end(network, CACHED / pictures / precision.bytes());
      if (to > from) {
        chunks.add(new Chunk(from, to, pictures));
        from = to;
      }
    }
    return chunks;
  }

  /** The first node that separates all layers of more values from the output; 0 if none does. */
  private static int end(Network network, long values) {
    int end = 0;
    for (int i = 1; i <= network.lastFeatureMap(); i++) {
      if (values(network, i) > values) {
        end = i;
      }
    }
    while (end > 0 && !separates(network, end)) {
      end++;
    }
    return end <= network.lastFeatureMap() ? end : 0;
  }

  /** Values that a node reads and writes. */
  private static long values(Network network, int position) {
    Node node = network.nodes().get(position);
    return node.shape().size()
        + node.inputs().stream().mapToLong(i -> network.nodes().get(i).shape().size()).sum();
  }

  private static boolean separates(Network network, int position) {
    return network.nodes().stream()
        .skip(position + 1L)
        .flatMap(node -> node.inputs().stream())
        .allMatch(i -> i >= position);
  }
}
