package org.whisker.network;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window.Axis;
import org.whisker.network.Window.Padding;
import org.whisker.value.Labelled;
import org.whisker.value.Text;

/**
 * A network whose maps are tori, wholly or in part. With circular padding in every window, also in
 * those that have no padding of their own, no feature map knows where its border is: an input that
 * is rolled by the total stride gives a rolled last map.
 */
public final class CircularPadding {
  private CircularPadding() {}

  /** A side of a map. */
  public enum Side implements Labelled {
    TOP,
    BOTTOM,
    LEFT,
    RIGHT;

    /**
     * The side of that label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Side parse(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Wraps every window. One without padding gets some behind, as much as one output a stride needs,
   * so that maps may be larger than before.
   *
   * @throws IllegalArgumentException if a map is too small to be wrapped, or the head can't read a
   *     map of another size
   */
  public static Network everywhere(Network network) {
    List<Node> nodes = new ArrayList<>();
    boolean[] extended = new boolean[network.nodes().size()];
    for (int i = 0; i < extended.length; i++) {
      Node node = network.nodes().get(i);
      extended[i] =
          node.layer() instanceof Operation.Pad
              || (!node.inputs().isEmpty()
                  && extended[node.inputs().get(0)]
                  && Window.of(node.layer()).isEmpty());
      boolean ofPadded = !node.inputs().isEmpty() && extended[node.inputs().get(0)];
      nodes.add(wrapped(node, nodes, ofPadded));
    }
    checkHead(nodes);
    return new Network(network.name(), nodes, network.stages(), Padding.CIRCULAR)
        .withPadding(Padding.CIRCULAR);
  }

  private static Node wrapped(Node node, List<Node> before, boolean ofPadded) {
    List<FeatureShape> in = node.inputs().stream().map(i -> before.get(i).shape()).toList();
    Layer layer = node.layer();
    if (layer instanceof Operation.Pad pad) {
      layer =
          new Operation.Pad(pad.channels(), pad.rows(), pad.columns(), Operation.Pad.Mode.CIRCULAR);
    } else if (!ofPadded && Window.of(layer).isPresent()) {
      Window own = Window.of(layer).orElseThrow();
      FeatureShape map = in.get(0);
      layer =
          withWindow(
              layer,
              new Window(grown(own.rows(), map.height()), grown(own.columns(), map.width())));
    }
    return new Node(node.name(), layer, node.inputs(), layer.output(in));
  }

  /** Adds behind what is missing of the padding that one output a stride needs. */
  private static Axis grown(Axis axis, int size) {
    int outputs = (size + axis.stride() - 1) / axis.stride();
    int needed = (outputs - 1) * axis.stride() + axis.extent() - size;
    int missing = Math.max(0, needed - axis.before() - axis.after());
    return new Axis(
        axis.kernel(), axis.stride(), axis.dilation(), axis.before(), axis.after() + missing);
  }

  private static Layer withWindow(Layer layer, Window window) {
    if (layer instanceof Layer.Conv conv) {
      return new Layer.Conv(conv.in(), conv.out(), window, conv.groups(), conv.bias());
    }
    return layer instanceof Layer.MaxPool ? new Layer.MaxPool(window) : new Layer.AvgPool(window);
  }

  private static void checkHead(List<Node> nodes) {
    for (Node node : nodes) {
      if (node.layer() instanceof Layer.Linear linear) {
        FeatureShape in = nodes.get(node.inputs().get(0)).shape();
        if (in.size() != linear.in()) {
          throw new IllegalArgumentException(
              Text.of(
                  "%s reads %d values, and with circular padding everywhere it would get %s",
                  node.name(), linear.in(), in));
        }
      }
    }
  }

  /** The stages with a window that is padded, from the input on; a layer if there are no stages. */
  public static List<String> paddedStages(Network network) {
    List<String> stages = new ArrayList<>();
    for (int i = 0; i < network.nodes().size(); i++) {
      if (isPadded(network.nodes().get(i).layer()) && !stages.contains(stageOf(network, i))) {
        stages.add(stageOf(network, i));
      }
    }
    return List.copyOf(stages);
  }

  private static boolean isPadded(Layer layer) {
    return Window.of(layer).filter(Window::padded).isPresent()
        || (layer instanceof Operation.Pad pad && pad.mode() == Operation.Pad.Mode.OWN);
  }

  /** The stage in which a node lies: the first that ends there or behind. */
  private static String stageOf(Network network, int position) {
    return network.stages().entrySet().stream()
        .filter(stage -> stage.getValue() >= position)
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(network.nodes().get(position).name());
  }

  /**
   * Wraps only the padding that is there, in one stage or in all, on these sides; all else keeps
   * its own.
   *
   * @param stage one of {@link #paddedStages}; empty for all
   * @throws IllegalArgumentException for a stage without padding, or a map too small to be wrapped
   */
  public static Network in(Network network, Optional<String> stage, Set<Side> sides) {
    if (stage.isPresent() && !paddedStages(network).contains(stage.get())) {
      throw new IllegalArgumentException("no padding in a stage " + stage.get());
    }
    return rewired(
        network,
        at ->
            isPadded(network.nodes().get(at).layer())
                && (stage.isEmpty() || stage.get().equals(stageOf(network, at))),
        sides);
  }

  /**
   * Wraps the padding of some layers alone; all else keeps its own.
   *
   * @param layers some of {@link #paddedLayers}
   * @throws IllegalArgumentException for a map that is too small to be wrapped
   */
  public static Network inLayers(Network network, Set<String> layers, Set<Side> sides) {
    return rewired(network, at -> layers.contains(network.nodes().get(at).name()), sides);
  }

  /** The layers that pad their own input, from the input on. */
  public static List<String> paddedLayers(Network network) {
    return network.nodes().stream()
        .filter(node -> padsInAnyWay(node.layer()))
        .map(Node::name)
        .toList();
  }

  /** Those of {@link #paddedLayers} whose padding can wrap around. */
  public static Set<String> wrappingLayers(Network network) {
    Set<String> layers = new LinkedHashSet<>(paddedLayers(network));
    if (!canWrap(network, layers)) {
      layers.removeIf(layer -> !canWrap(network, Set.of(layer)));
    }
    return layers;
  }

  private static boolean canWrap(Network network, Set<String> layers) {
    try {
      inLayers(network, layers, EnumSet.allOf(Side.class));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether a layer pads its input, also by reflected or repeated values, which is a layer of its
   * own.
   */
  private static boolean padsInAnyWay(Layer layer) {
    return isPadded(layer)
        || (layer instanceof Operation.Pad pad
            && pad.mode() != Operation.Pad.Mode.CIRCULAR
            && (pad.rows().sum() > 0 || pad.columns().sum() > 0));
  }

  private static Network rewired(Network network, IntPredicate there, Set<Side> sides) {
    Rewiring rewiring = new Rewiring(network);
    for (int i = 0; i < network.nodes().size(); i++) {
      boolean wraps = there.test(i) && padsInAnyWay(network.nodes().get(i).layer());
      rewiring.add(i, wraps ? sides : Set.of());
    }
    return rewiring.network();
  }

  /** Wraps the padding of one stage, on all sides. */
  public static Network in(Network network, String stage) {
    return in(network, Optional.of(stage), EnumSet.allOf(Side.class));
  }

  /** Copies nodes, with a circular padding of its own before those that wrap. */
  private static final class Rewiring {
    private final GraphCopy copy;

    Rewiring(Network from) {
      this.copy = new GraphCopy(from);
    }

    void add(int position, Set<Side> sides) {
      Node node = copy.from().nodes().get(position);
      List<Integer> inputs = copy.inputs(position);
      Layer layer = node.layer();
      if (!sides.isEmpty()) {
        Axis rows = axis(layer, true);
        Axis columns = axis(layer, false);
        inputs.set(
            0,
            wrapped(
                node.name() + ".circular",
                inputs.get(0),
                taken(rows, sides.contains(Side.TOP), sides.contains(Side.BOTTOM)),
                taken(columns, sides.contains(Side.LEFT), sides.contains(Side.RIGHT))));
        layer = without(layer, sides);
      }
      copy.stands(position, copy.put(node.name(), layer, inputs));
    }

    /**
     * Pads a map with itself. Where the padding is wider than the map, whole maps come first: they
     * go on with the same period, so that the rest fits.
     */
    private int wrapped(
        String name, int from, Operation.Pad.Sides rows, Operation.Pad.Sides columns) {
      FeatureShape map = copy.shape(from);
      if (rows.most() <= map.height() && columns.most() <= map.width()) {
        return pad(name, from, rows, columns);
      }
      Operation.Pad.Sides wholeRows = whole(rows, map.height());
      Operation.Pad.Sides wholeColumns = whole(columns, map.width());
      return wrapped(
          name + "+",
          pad(name, from, wholeRows, wholeColumns),
          rows.less(wholeRows),
          columns.less(wholeColumns));
    }

    /** A whole map on each side that needs more than one. */
    private static Operation.Pad.Sides whole(Operation.Pad.Sides sides, int size) {
      return new Operation.Pad.Sides(
          sides.before() > size ? size : 0, sides.after() > size ? size : 0);
    }

    private int pad(String name, int from, Operation.Pad.Sides rows, Operation.Pad.Sides columns) {
      Layer pad =
          new Operation.Pad(Operation.Pad.Sides.NONE, rows, columns, Operation.Pad.Mode.CIRCULAR);
      return copy.put(name, pad, List.of(from));
    }

    /** The rows or columns of a layer's window; of a padding layer, only its padding counts. */
    private static Axis axis(Layer layer, boolean rows) {
      if (layer instanceof Operation.Pad pad) {
        Operation.Pad.Sides sides = rows ? pad.rows() : pad.columns();
        return new Axis(1, 1, 1, sides.before(), sides.after());
      }
      Window window = Window.of(layer).orElseThrow();
      return rows ? window.rows() : window.columns();
    }

    private static Operation.Pad.Sides taken(Axis axis, boolean before, boolean after) {
      return new Operation.Pad.Sides(before ? axis.before() : 0, after ? axis.after() : 0);
    }

    private static Layer without(Layer layer, Set<Side> sides) {
      Axis rows = left(axis(layer, true), sides.contains(Side.TOP), sides.contains(Side.BOTTOM));
      Axis columns =
          left(axis(layer, false), sides.contains(Side.LEFT), sides.contains(Side.RIGHT));
      return layer instanceof Operation.Pad pad
          ? new Operation.Pad(
              pad.channels(),
              new Operation.Pad.Sides(rows.before(), rows.after()),
              new Operation.Pad.Sides(columns.before(), columns.after()),
              pad.mode())
          : withWindow(layer, new Window(rows, columns));
    }

    private static Axis left(Axis axis, boolean before, boolean after) {
      return new Axis(
          axis.kernel(),
          axis.stride(),
          axis.dilation(),
          before ? 0 : axis.before(),
          after ? 0 : axis.after());
    }

    Network network() {
      return copy.network();
    }
  }
}
