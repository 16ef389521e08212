package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A chain of layers at a network's beginning, computed on tiles of its last map. What a tile reads
 * of the map before the chain is a window of fixed size; with zero padding, parts of it may lie
 * outside the map.
 *
 * @param network the whole network
 * @param from position of the node whose map the first layer reads
 * @param to position of the last layer
 */
public record TileStage(Network network, int from, int to) {
  /** Rows and columns of a tile. */
  public static final int SIDE = 2;

  private static final Window.Axis POINT = new Window.Axis(1, 1, 0);

  /** What this many adjacent rows of the last map read of the map of node {@code position}. */
  public Reach rows(int position) {
    return reach(position, Window::rows);
  }

  /** As {@link #rows}, for columns. */
  public Reach columns(int position) {
    return reach(position, Window::columns);
  }

  private Reach reach(int position, Function<Window, Window.Axis> axis) {
    int kernel = 1;
    int stride = 1;
    int padding = 0;
    for (int i = to; i > position; i--) {
      Window.Axis one = PatchableLayers.window(network, i).map(axis).orElse(POINT);
      kernel = (kernel - 1) * one.stride() + one.extent();
      stride *= one.stride();
      padding = padding * one.stride() + one.before();
    }
    return new Reach(kernel, stride, padding);
  }

  /** The shape of the last map. */
  public FeatureShape map() {
    return network.nodes().get(to).shape();
  }

  /** How many tiles cover {@code size} rows or columns of the last map. */
  public static int tiles(int size) {
    return (size + SIDE - 1) / SIDE;
  }

  /**
   * The first row or column of a tile; the last one overlaps that before it, rather than end
   * outside.
   */
  public static int first(int tile, int size) {
    return Math.min(tile * SIDE, size - SIDE);
  }

  /** Whether node {@code position} is read by a convolution that pads it with zeros. */
  public boolean paddedWithZeros(int position) {
    return position < to
        && network.padding() == Padding.ZERO
        && PatchableLayers.window(network, position + 1).map(Window::padded).orElse(false);
  }

  /** The layers on one window, none of which pads; node i is node {@code from + i}. */
  public Network window() {
    List<Node> nodes = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      Node node = network.nodes().get(i);
      Layer layer = i == from ? new Layer.Input(input()) : unpadded(node.layer());
      List<FeatureShape> shapes = i == from ? List.of() : List.of(nodes.get(i - from - 1).shape());
      List<Integer> inputs = i == from ? List.of() : List.of(i - from - 1);
      nodes.add(new Node(node.name(), layer, inputs, layer.output(shapes)));
    }
    return new Network(network.name(), nodes, Map.of(), Padding.ZERO);
  }

  private FeatureShape input() {
    int channels = network.nodes().get(from).shape().channels();
    return new FeatureShape(channels, length(rows(from)), length(columns(from)));
  }

  /** How many rows or columns of a map a tile reads. */
  public static int length(Reach reach) {
    return (SIDE - 1) * reach.stride() + reach.kernel();
  }

  private static Layer unpadded(Layer layer) {
    return layer instanceof Layer.Conv conv
        ? new Layer.Conv(conv.in(), conv.out(), unpadded(conv.window()), conv.groups(), conv.bias())
        : layer;
  }

  private static Window unpadded(Window window) {
    return new Window(unpadded(window.rows()), unpadded(window.columns()));
  }

  private static Window.Axis unpadded(Window.Axis axis) {
    return new Window.Axis(axis.kernel(), axis.stride(), axis.dilation(), 0, 0);
  }

  /** Multiply-adds of the layers on the whole map. */
  public long multiplyAdds() {
    return network.nodes().subList(from + 1, to + 1).stream().mapToLong(Node::multiplyAdds).sum();
  }
}
