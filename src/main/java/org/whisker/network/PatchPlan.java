package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window.Padding;

/**
 * What a change in a small rectangle of the image can affect, layer by layer: a window of each map
 * in {@link #windows()}, and the whole map of every later layer. Window sizes depend only on the
 * rectangle's size, window positions only on its position.
 *
 * @param network a network that begins with a chain of layers
 * @param windows the windows of the image and of the maps of the nodes after it, in their order
 */
public record PatchPlan(Network network, List<Extent> windows) {
  public record Extent(int height, int width) {
    private long area() {
      return (long) height * width;
    }
  }

  public PatchPlan {
    windows = List.copyOf(windows);
  }

  /** The plan for a rectangle of this many rows and columns. */
  public static PatchPlan of(Network network, int height, int width) {
    List<Extent> windows = new ArrayList<>(List.of(new Extent(height, width)));
    int limit = PatchableLayers.count(network);
    for (int i = 1; i < limit; i++) {
      Extent before = windows.get(i - 1);
      Extent window =
          new Extent(
              rows(network, i).size(before.height()), columns(network, i).size(before.width()));
      if (!smaller(window, network, network.nodes().get(i).shape())) {
        break;
      }
      windows.add(window);
    }
    return new PatchPlan(network, windows);
  }

  /** The number of nodes, starting with the image, through which any plan may follow windows. */
  public static int followed(Network network) {
    return PatchableLayers.count(network);
  }

  /**
   * Whether a window has no more positions than the map. With circular padding, one longer than the
   * map would contain some of them twice.
   */
  private static boolean smaller(Extent window, Network network, FeatureShape map) {
    boolean twice = window.height() > map.height() || window.width() > map.width();
    return window.area() <= (long) map.height() * map.width()
        && !(twice && network.padding() == Padding.CIRCULAR);
  }

  /** How a change spreads over the rows of the node at this position. */
  public static Reach rows(Network network, int position) {
    return PatchableLayers.window(network, position).map(Reach::rows).orElse(Reach.POINT);
  }

  /** How a change spreads over the columns of the node at this position. */
  public static Reach columns(Network network, int position) {
    return PatchableLayers.window(network, position).map(Reach::columns).orElse(Reach.POINT);
  }

  /** The first row of each window for a rectangle whose first row is {@code y}. */
  public int[] firstRows(int y) {
    int[] first = new int[windows.size()];
    first[0] = y;
    for (int i = 1; i < first.length; i++) {
      first[i] = rows(network, i).first(first[i - 1]);
    }
    return first;
  }

  /** The first column of each window for a rectangle whose first column is {@code x}. */
  public int[] firstColumns(int x) {
    int[] first = new int[windows.size()];
    first[0] = x;
    for (int i = 1; i < first.length; i++) {
      first[i] = columns(network, i).first(first[i - 1]);
    }
    return first;
  }

  /** Multiply-adds for one rectangle; {@link Network#multiplyAdds} is the cost of a full pass. */
  public long multiplyAdds() {
    long sum = 0;
    for (int i = 1; i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      sum += i < windows.size() ? inWindow(node, windows.get(i - 1)) : node.multiplyAdds();
    }
    return sum;
  }

  /**
   * Multiply-adds in a window of changed values: each is multiplied by every kernel weight once,
   * whatever its surroundings.
   */
  private static long inWindow(Node node, Extent changed) {
    return node.layer() instanceof Layer.Conv conv
        ? changed.area() * conv.read() * conv.out() * conv.window().size()
        : 0;
  }

  /** The number of elements in the largest map or window that one rectangle needs. */
  public long largest() {
    long largest = 0;
    for (int i = 0; i < network.nodes().size(); i++) {
      FeatureShape map = network.nodes().get(i).shape();
      long places = i < windows.size() ? windows.get(i).area() : (long) map.height() * map.width();
      largest = Math.max(largest, places * map.channels());
    }
    return largest;
  }

  /** The layers at a network's beginning in which a change can be followed as a window. */
  static final class PatchableLayers {
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
        return !pool.window().padded()
            && (network.padding() != Padding.CIRCULAR || tiles(pool, in));
      }
      return node.layer() instanceof Activation
          || node.layer() instanceof Layer.BatchNorm
          || node.layer() instanceof Layer.Dropout;
    }

    /**
     * Whether a change stays in one window. Mirrored or replicated border values reach only outputs
     * that also read the original value, if the kernel is long enough; with circular padding, the
     * map must keep its size.
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

    /** Whether pooling windows tile the map without remainder, as circular padding needs. */
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

  /**
   * How far a change spreads along one axis of a layer, after Krypton (Nakandala, Kumar and
   * Papakonstantinou, SIGMOD 2019). Coordinates may lie outside the map: those parts are cropped
   * later, so that sizes do not depend on the position and many changes can share a batch.
   *
   * @param kernel its extent along the axis, from the first value that it reads to the last
   * @param stride steps between two outputs
   * @param padding number of positions added before the first input
   */
  public record Reach(int kernel, int stride, int padding) {
    /** Reach of a pointwise operation. */
    public static final Reach POINT = new Reach(1, 1, 0);

    static Reach rows(Window window) {
      return of(window.rows());
    }

    static Reach columns(Window window) {
      return of(window.columns());
    }

    private static Reach of(Window.Axis axis) {
      return new Reach(axis.extent(), axis.stride(), axis.before());
    }

    /** The first output that reads any input from {@code at} on. */
    public int first(int at) {
      return -Math.floorDiv(-(at + padding - kernel + 1), stride);
    }

    /**
     * The largest number of outputs that read any of {@code size} adjacent inputs, wherever these
     * lie.
     */
    public int size(int size) {
      return (size + kernel - 2) / stride + 1;
    }
  }
}
