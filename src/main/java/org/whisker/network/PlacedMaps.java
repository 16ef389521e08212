package org.whisker.network;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;

/**
 * Which maps of a network have places of the picture as their rows and columns. Without attention
 * all have. With it, tokens in a row have not, nor windows one behind the other, nor what each
 * token makes of each other one; a residual has, if one of its parts does.
 */
public final class PlacedMaps {
  private final Network network;
  private final boolean[] placed;

  private PlacedMaps(Network network) {
    this.network = network;
    this.placed = new boolean[network.nodes().size()];
    boolean attends = attends(network);
    for (int at = 0; at < placed.length; at++) {
      placed[at] = !attends || at == 0 || placed(network.nodes().get(at));
    }
  }

  public static PlacedMaps of(Network network) {
    return new PlacedMaps(network);
  }

  /** Whether maps are multiplied as matrices, as attention does. */
  public static boolean attends(Network network) {
    return network.nodes().stream()
        .anyMatch(node -> node.layer() instanceof TokenOperation.Product);
  }

  /** Whether the rows and columns of a map are places; vectors count as maps of one place. */
  public boolean has(int position) {
    return placed[position];
  }

  /** The last map of several places up to the one that the head reads. */
  public OptionalInt last() {
    return IntStream.rangeClosed(0, network.lastFeatureMap())
        .filter(at -> placed[at] && !PlaceOperation.isSingle(network.nodes().get(at).shape()))
        .max();
  }

  private boolean placed(Node node) {
    Layer layer = node.layer();
    List<Integer> from = node.inputs();
    boolean first = placed[from.get(0)];
    if (PlaceOperation.isSingle(node.shape())) {
      return true;
    } else if (layer instanceof Layer.ScaledAdd || layer instanceof Operation.Combine) {
      return from.stream().anyMatch(i -> placed[i] && sameSize(shape(i), node.shape()));
    } else if (layer instanceof Operation.Rearrange rearrange) {
      return first
          && PlaceOperation.rearranged(rearrange, shape(from.get(0)), node.shape()).isEmpty();
    } else if (layer instanceof TokenOperation.Product || layer instanceof TokenOperation.Known) {
      return false;
    } else if (layer instanceof TokenOperation.Pick pick) {
      return first && pick.axis() == TokenOperation.Axis.CHANNELS;
    }
    return from.stream().allMatch(i -> placed[i]);
  }

  private FeatureShape shape(int position) {
    return network.nodes().get(position).shape();
  }

  private static boolean sameSize(FeatureShape a, FeatureShape b) {
    return a.height() == b.height() && a.width() == b.width();
  }
}
