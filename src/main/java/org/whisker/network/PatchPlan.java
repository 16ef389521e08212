package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
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
    int limit = count(network);
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
    return count(network);
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
    return window(network, position).map(Reach::rows).orElse(Reach.POINT);
  }

  /** How a change spreads over the columns of the node at this position. */
  public static Reach columns(Network network, int position) {
    return window(network, position).map(Reach::columns).orElse(Reach.POINT);
  }

  /**
   * Where the windows of one rectangle lie along one axis.
   *
   * @param first the first position of each window, which may lie outside the map
   * @param length the number of its positions
   */
  public record Track(List<Integer> first, List<Integer> length) {
    public Track {
      first = List.copyOf(first);
      length = List.copyOf(length);
    }
  }

  /**
   * How large the window of a map is. With {@link #ALIKE} it depends on the size of the rectangle
   * alone. Otherwise it ends where the change or the map ends, and its length is rounded up to
   * whole tiles in layers that are computed in tiles.
   *
   * @param tiles the nodes that are computed in tiles of {@code side} positions; none for {@link
   *     #ALIKE}
   */
  public record Fit(Set<Integer> tiles, int side) {
    public static final Fit ALIKE = new Fit(Set.of(), 1);

    private boolean alike() {
      return tiles.isEmpty();
    }
  }

  /** The rows of each window for a rectangle whose first row is {@code y}. */
  public Track rows(int y, Fit fit) {
    return track(y, fit, Extent::height, i -> rows(network, i), FeatureShape::height);
  }

  /** The columns of each window for a rectangle whose first column is {@code x}. */
  public Track columns(int x, Fit fit) {
    return track(x, fit, Extent::width, i -> columns(network, i), FeatureShape::width);
  }

  private Track track(
      int at,
      Fit fit,
      ToIntFunction<Extent> alike,
      IntFunction<Reach> reaches,
      ToIntFunction<FeatureShape> sides) {
    Span changed = new Span(at, alike.applyAsInt(windows.get(0)));
    List<Span> spans = new ArrayList<>(List.of(changed));
    for (int i = 1; i < windows.size(); i++) {
      Reach reach = reaches.apply(i);
      Span before = spans.get(i - 1);
      changed = changed.after(reach);
      if (network.padding() != Padding.CIRCULAR) {
        changed = changed.within(sides.applyAsInt(network.nodes().get(i).shape()));
      }
      if (fit.tiles().contains(i)) {
        spans.add(changed.inTiles(fit.side()));
      } else if (reach.stride() == 1 || fit.alike()) {
        spans.add(new Span(reach.first(before.first()), reach.size(before.length())));
      } else {
        spans.add(changed.inTiles(2)); // a few more places, and fewer sizes
      }
    }
    return new Track(
        spans.stream().map(Span::first).toList(), spans.stream().map(Span::length).toList());
  }

  /** Adjacent positions. */
  private record Span(int first, int length) {
    Span after(Reach reach) {
      int from = reach.first(first);
      return new Span(from, Math.max(1, reach.last(first + length - 1) - from + 1));
    }

    /** What lies on the map, at least one position of it. */
    Span within(int side) {
      int from = Math.max(0, Math.min(first, side - 1));
      return new Span(from, Math.max(1, Math.min(first + length, side) - from));
    }

    Span inTiles(int side) {
      return new Span(first, (length + side - 1) / side * side);
    }
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

  /**
   * The layers at a network's beginning in which a change can be followed as a window.
   *
   * <p>The number of these nodes, including the image. No later node reads one before the last of
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
    int first(int at) {
      return -Math.floorDiv(-(at + padding - kernel + 1), stride);
    }

    /** The last output that reads any input up to {@code at}. */
    int last(int at) {
      return Math.floorDiv(at + padding, stride);
    }

    /**
     * The largest number of outputs that read any of {@code size} adjacent inputs, wherever these
     * lie.
     */
    int size(int size) {
      return (size + kernel - 2) / stride + 1;
    }
  }
}
