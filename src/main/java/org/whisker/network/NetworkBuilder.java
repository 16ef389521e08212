package org.whisker.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window.Padding;
import org.whisker.value.Checks;

/** Collects nodes; each call adds one and returns its position. */
final class NetworkBuilder {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> stages = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();

  NetworkBuilder(FeatureShape input) {
    add("input", new Layer.Input(input));
  }

  int input() {
    return 0;
  }

  int add(String name, Layer layer, Integer... inputs) {
    Checks.require(names.add(name), "two layers are called %s", name);
    List<Integer> from = List.of(inputs);
    List<FeatureShape> shapes = from.stream().map(i -> nodes.get(i).shape()).toList();
    nodes.add(new Node(name, layer, from, shapeAfter(name, layer, shapes)));
    return nodes.size() - 1;
  }

  private static FeatureShape shapeAfter(String name, Layer layer, List<FeatureShape> shapes) {
    try {
      return layer.output(shapes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the input is too small for " + name + " (" + e.getMessage() + "); take a larger one", e);
    }
  }

  FeatureShape shape(int position) {
    return nodes.get(position).shape();
  }

  int channels(int position) {
    return shape(position).channels();
  }

  /** Marks the node at {@code position} as the output of stage {@code name}. */
  int stage(String name, int position) {
    stages.put(name, position);
    return position;
  }

  Network build(String name) {
    return new Network(name, nodes, stages, Padding.ZERO);
  }

  /**
   * A width multiplier: the fraction of the published network's channels.
   *
   * @param factor 1 for the published network; below 1, channels are rounded to a multiple of 8
   */
  record Width(double factor) {
    private static final int STEP = 8;

    Width {
      Checks.require(
          factor > 0 && factor <= 4, "width must be above 0 and at most 4, was %s", factor);
    }

    /**
     * Rounds a number of channels after scaling, as MobileNet v2 does: to the nearest multiple of
     * 8, but never down by more than a tenth, also at full width.
     */
    int nearest(int channels) {
      double wanted = channels * factor;
      int rounded = Math.max(STEP, (int) (wanted + STEP / 2.0) / STEP * STEP);
      return rounded < 0.9 * wanted ? rounded + STEP : rounded;
    }

    int of(int channels) {
      if (factor == 1) {
        return channels;
      }
      return Math.max(STEP, Math.toIntExact(Math.round(channels * factor / STEP)) * STEP);
    }
  }
}
