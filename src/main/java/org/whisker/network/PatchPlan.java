package org.whisker.network;

import java.util.ArrayList;
import java.util.List;

/**
 * What a change in a small rectangle of the image can affect, layer by layer: a window of each map
 * in {@link #windows()}, and the whole map of every later layer. Window sizes depend only on the
 * rectangle's size, window positions only on its position.
 *
 * @param network a network that begins with a chain of layers
 * @param windows of the image and of the maps of the nodes after it, in their order
 */
public record PatchPlan(Network network, List<Extent> windows) {
  /** Rows and columns. */
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

  /** With circular padding, a window longer than the map would contain some positions twice. */
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

  /** Each changed value is multiplied by every kernel weight once, whatever its surroundings. */
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
}
