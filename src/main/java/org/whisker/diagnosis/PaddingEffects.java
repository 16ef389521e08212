package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.result.MeasureTables.LayerPaddingRow;
import org.whisker.image.Raster;
import org.whisker.network.CircularPadding;
import org.whisker.network.CircularPadding.Side;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Window;
import org.whisker.network.Window.Axis;
import org.whisker.network.Window.Padding;
import org.whisker.stats.Estimate;

/**
 * What the values beyond the border do. The same rolled pictures are shown to the network and to
 * one in which some of the padding wraps around, so that it goes on with the picture. What differs
 * in the same way in all pictures is the padding's own.
 */
final class PaddingEffects {
  /**
   * Stands in place of the values of a padding that a pooling leaves out of its maximum or mean.
   */
  static final String LEFT_OUT = "none";

  /** Layers whose sides are looked at one by one. */
  private static final int CLOSER = 2;

  private final Subject subject;
  private final Network network;
  private final List<Raster> pictures;
  private final int copies;
  private final List<double[]> own;

  /**
   * Measures the network as it is.
   *
   * @param pictures rolled already: all of them, then all of them rolled otherwise, and so on
   * @param copies the number of copies of each picture
   */
  PaddingEffects(Subject subject, Network network, List<Raster> pictures, int copies)
      throws IOException {
    this.subject = subject;
    this.network = network;
    this.pictures = pictures;
    this.copies = copies;
    this.own = HeadEffect.contributions(subject, network, UnaryOperator.identity(), pictures);
  }

  /** Pictures without their copies. */
  private int count() {
    return pictures.size() / copies;
  }

  /** The change by the padding of these layers on these sides, in the first so many pictures. */
  private SystematicChange change(Set<String> layers, Set<Side> sides, int count)
      throws IOException {
    return change(graph -> CircularPadding.inLayers(graph, layers, sides), count, 1);
  }

  /** The change by another graph, the mean over so many copies of a picture. */
  private SystematicChange change(UnaryOperator<Network> graph, int count, int copied)
      throws IOException {
    List<double[]> other =
        HeadEffect.contributions(subject, network, graph, pictures.subList(0, count * copied));
    List<double[]> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] change = new double[own.get(i).length];
      for (int copy = i; copy < other.size(); copy += count) {
        for (int p = 0; p < change.length; p++) {
          change[p] += (own.get(copy)[p] - other.get(copy)[p]) / copied;
        }
      }
      changes.add(change);
    }
    return new SystematicChange(changes, own.subList(0, count));
  }

  /** All padding, in all pictures. */
  SystematicChange all() throws IOException {
    Set<String> layers = wrapping(network);
    return change(
        graph -> CircularPadding.inLayers(graph, layers, EnumSet.allOf(Side.class)),
        count(),
        copies);
  }

  /**
   * Measures each layer by itself, the whole network by side, and the sides of those that do most.
   *
   * @param count pictures for each
   * @param step what is done before each step; throws when it is to stop
   */
  List<LayerPaddingRow> byLayerAndSide(int count, Runnable step) throws IOException {
    List<LayerPaddingRow> rows = new ArrayList<>();
    Set<String> layers = wrapping(network);
    for (Side side : Side.values()) {
      step.run();
      rows.add(row(LayerPaddingRow.ALL, layers, EnumSet.of(side), side.label(), count));
    }
    List<LayerPaddingRow> each = new ArrayList<>();
    for (String layer : layers) {
      step.run();
      each.add(
          row(layer, Set.of(layer), EnumSet.allOf(Side.class), LayerPaddingRow.ALL_SIDES, count));
    }
    each.sort(Comparator.comparingDouble(LayerPaddingRow::effect).reversed());
    rows.addAll(each);
    for (LayerPaddingRow most : each.subList(0, Math.min(CLOSER, each.size()))) {
      for (Side side : Side.values()) {
        step.run();
        rows.add(row(most.layer(), Set.of(most.layer()), EnumSet.of(side), side.label(), count));
      }
    }
    return rows;
  }

  private LayerPaddingRow row(
      String name, Set<String> layers, Set<Side> sides, String label, int count)
      throws IOException {
    Estimate effect = change(layers, sides, count).effect().estimate();
    int before = 0;
    int after = 0;
    if (!name.equals(LayerPaddingRow.ALL)) {
      Sides own = sidesOf(network.nodes().get(network.position(name)).layer());
      before = Math.max(own.top(), own.left());
      after = Math.max(own.bottom(), own.right());
    }
    return new LayerPaddingRow(
        name,
        label,
        values(layers),
        before,
        after,
        effect.value(),
        effect.interval().low(),
        effect.interval().high());
  }

  /**
   * The layers whose padding can be held against what goes on beyond the border. What a pooling
   * leaves out is as if its map were reflected. Behind windows that leave the border out, wrapping
   * such a map joins places that are far apart, and the largest of more values is larger.
   */
  static Set<String> wrapping(Network network) {
    Set<String> layers = new LinkedHashSet<>(CircularPadding.wrappingLayers(network));
    boolean[] seams = seams(network);
    for (int at = 1; at < seams.length; at++) {
      Node node = network.nodes().get(at);
      if (seams[node.inputs().get(0)] && values(network, node.layer()).equals(LEFT_OUT)) {
        layers.remove(node.name());
      }
    }
    return layers;
  }

  /** Of each map, whether rows or columns were left out on the way, so that it does not go on. */
  private static boolean[] seams(Network network) {
    boolean[] seams = new boolean[network.nodes().size()];
    for (int at = 1; at < seams.length; at++) {
      Node node = network.nodes().get(at);
      FeatureShape in = network.nodes().get(node.inputs().get(0)).shape();
      boolean before = node.inputs().stream().anyMatch(i -> seams[i]);
      boolean left =
          Window.of(node.layer())
              .filter(
                  window ->
                      leaves(window.rows(), in.height()) || leaves(window.columns(), in.width()))
              .isPresent();
      seams[at] = left || before;
    }
    return seams;
  }

  /** Whether fewer outputs than one a stride are made. */
  private static boolean leaves(Axis axis, int size) {
    int outputs =
        Math.floorDiv(size + axis.before() + axis.after() - axis.extent(), axis.stride()) + 1;
    return outputs < size / axis.stride();
  }

  /** What the values beyond the border are, in words. */
  private String values(Set<String> layers) {
    List<String> words =
        network.nodes().stream()
            .filter(node -> layers.contains(node.name()))
            .map(node -> values(network, node.layer()))
            .distinct()
            .toList();
    return String.join(" and ", words);
  }

  static String values(Network network, Layer layer) {
    if (layer instanceof Operation.Pad pad) {
      return pad.mode().in(network.padding()).label();
    }
    return layer instanceof Layer.Conv ? network.padding().label() : LEFT_OUT;
  }

  /** Rows and columns that a layer adds to its map. */
  record Sides(int top, int bottom, int left, int right) {
    boolean isUneven() {
      return top != bottom || left != right;
    }

    Sides plus(Sides other) {
      return new Sides(
          top + other.top, bottom + other.bottom, left + other.left, right + other.right);
    }

    /** What the windows reach of them, whose last steps may leave some behind. */
    Sides read(Window window, FeatureShape map) {
      return new Sides(
          top,
          reached(window.rows(), top, map.height(), bottom),
          left,
          reached(window.columns(), left, map.width(), right));
    }

    private static int reached(Axis axis, int before, int size, int after) {
      int steps = Math.floorDiv(before + size + after - axis.extent(), axis.stride());
      int end = steps * axis.stride() + axis.extent();
      return Math.max(0, Math.min(after, end - before - size));
    }

    /** The sides with more than their opposite. */
    Set<Side> excess() {
      Set<Side> more = EnumSet.noneOf(Side.class);
      if (top != bottom) {
        more.add(top > bottom ? Side.TOP : Side.BOTTOM);
      }
      if (left != right) {
        more.add(left > right ? Side.LEFT : Side.RIGHT);
      }
      return more;
    }

    @Override
    public String toString() {
      return "top " + top + ", bottom " + bottom + ", left " + left + ", right " + right;
    }
  }

  private static Sides sidesOf(Layer layer) {
    if (layer instanceof Operation.Pad pad) {
      return new Sides(
          pad.rows().before(), pad.rows().after(), pad.columns().before(), pad.columns().after());
    }
    return Window.of(layer).map(PaddingEffects::sidesOf).orElse(new Sides(0, 0, 0, 0));
  }

  private static Sides sidesOf(Window window) {
    return new Sides(
        window.rows().before(),
        window.rows().after(),
        window.columns().before(),
        window.columns().after());
  }

  /**
   * The layers that are given more zeros on one side than on the opposite one, and read them; those
   * of a padding before a convolution are added to its own. Zeros that no window reaches don't
   * count, nor does padding that a pooling leaves out of its maximum or mean.
   */
  static Map<String, Sides> uneven(Network network) {
    Map<String, Sides> uneven = new LinkedHashMap<>();
    for (int at = 1; at < network.nodes().size(); at++) {
      Node node = network.nodes().get(at);
      boolean counts = node.layer() instanceof Layer.Conv || node.layer() instanceof Operation.Pad;
      if (counts && isZero(network, node.layer()) && !isBehindPadding(network, node)) {
        Sides sides = sidesOf(node.layer());
        FeatureShape map = network.nodes().get(node.inputs().get(0)).shape();
        Optional<Window> window =
            node.layer() instanceof Operation.Pad ? follower(network, at) : Window.of(node.layer());
        if (node.layer() instanceof Operation.Pad && window.isPresent()) {
          sides = sides.plus(sidesOf(window.get()));
        }
        Sides given = sides;
        Sides read = window.map(found -> given.read(found, map)).orElse(given);
        if (given.isUneven() && read.isUneven()) {
          uneven.put(node.name(), given);
        }
      }
    }
    return uneven;
  }

  private static boolean isZero(Network network, Layer layer) {
    return values(network, layer).equals(Padding.ZERO.label());
  }

  private static boolean isBehindPadding(Network network, Node node) {
    return !(node.layer() instanceof Operation.Pad)
        && network.nodes().get(node.inputs().get(0)).layer() instanceof Operation.Pad;
  }

  /** The window of the first layer that reads a padding. */
  private static Optional<Window> follower(Network network, int pad) {
    return network.nodes().stream()
        .filter(node -> node.inputs().contains(pad))
        .findFirst()
        .flatMap(node -> Window.of(node.layer()));
  }

  /** The change by the sides with more zeros of the layers that can wrap, in all pictures. */
  SystematicChange uneven(Map<String, Sides> layers) throws IOException {
    Set<String> wrapping = wrapping(network);
    UnaryOperator<Network> change =
        graph -> {
          Network wrapped = graph;
          for (Map.Entry<String, Sides> layer : layers.entrySet()) {
            if (wrapping.contains(layer.getKey())) {
              wrapped =
                  CircularPadding.inLayers(
                      wrapped, Set.of(layer.getKey()), layer.getValue().excess());
            }
          }
          return wrapped;
        };
    return change(change, count(), copies);
  }
}
