package org.whisker.network;

import java.util.List;
import java.util.Optional;

/** The layers at a network's beginning in which a change can be followed as a window. */
final class PatchableLayers {
  private PatchableLayers() {}

  /**
   * The number of these nodes, including the image. No later node reads one before the last of
   * them.
   */
  static int count(Network network) {
    int count = network.nodes().size();
    for (int i = 1; i < count; i++) {
      if (!patchable(network, i)) {
        count = i;
      }
    }
    for (int i = 1; i < network.nodes().size(); i++) {
      if (!follows(network, i)) {
        int earliest =
            network.nodes().get(i).inputs().stream().mapToInt(Integer::intValue).min().orElse(0);
        count = Math.min(count, earliest + 1);
      }
    }
    return count;
  }

  private static boolean follows(Network network, int position) {
    return network.nodes().get(position).inputs().equals(List.of(position - 1));
  }

  private static boolean patchable(Network network, int position) {
    if (!follows(network, position)) {
      return false;
    }
    Node node = network.nodes().get(position);
    FeatureShape in = network.nodes().get(position - 1).shape();
    if (node.layer() instanceof Layer.Conv conv) {
      return spreads(conv.window(), network.padding(), in, node.shape());
    } else if (node.layer() instanceof Layer.MaxPool pool) {
      return !pool.window().padded() && (network.padding() != Padding.CIRCULAR || tiles(pool, in));
    }
    return node.layer() instanceof Activation
        || node.layer() instanceof Layer.BatchNorm
        || node.layer() instanceof Layer.Dropout;
  }

  /**
   * Whether a change stays in one window. Mirrored or replicated border values reach only outputs
   * that also read the original value, if the kernel is long enough; with circular padding, the map
   * must keep its size.
   */
  private static boolean spreads(Window w, Padding padding, FeatureShape in, FeatureShape out) {
    return switch (padding) {
      case ZERO -> true;
      case REFLECT, REPLICATE -> longEnough(w.rows()) && longEnough(w.columns());
      case CIRCULAR -> w.dense() && in.height() == out.height() && in.width() == out.width();
    };
  }

  private static boolean longEnough(Window.Axis axis) {
    return axis.extent() > 2 * axis.padding();
  }

  /** With circular padding, pooling windows must tile the map without remainder. */
  private static boolean tiles(Layer.MaxPool pool, FeatureShape in) {
    return tiles(pool.window().rows(), in.height()) && tiles(pool.window().columns(), in.width());
  }

  private static boolean tiles(Window.Axis axis, int size) {
    return axis.extent() == axis.stride() && size % axis.stride() == 0;
  }

  /** The window of a layer that reads neighbouring positions. */
  static Optional<Window> window(Network network, int position) {
    Layer layer = network.nodes().get(position).layer();
    if (layer instanceof Layer.Conv conv) {
      return Optional.of(conv.window());
    }
    return layer instanceof Layer.MaxPool pool ? Optional.of(pool.window()) : Optional.empty();
  }
}
