package org.whisker.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Node;
import org.whisker.network.Parameter;

/**
 * Weights with some layers randomised, from the output down (cascading randomisation; Adebayo et
 * al., 2018, arXiv:1810.03292): a map that does not change then does not show what the network
 * learned. The layers are drawn from the distribution of initial weights ({@link InitialWeights}),
 * not permuted, each from its own random stream, so that randomising one more layer leaves the
 * others unchanged.
 */
public final class RandomisedWeights {
  private RandomisedWeights() {}

  /**
   * The layers that have weights, from the output down: convolutions and linear layers. A batch
   * norm belongs to the convolution before it, since its statistics describe that convolution's
   * output.
   */
  public static List<String> layers(Network network) {
    List<String> names = new ArrayList<>();
    byLayer(network).keySet().forEach(name -> names.add(0, name));
    return names;
  }

  /**
   * The weights with the first {@code last} of {@link #layers} randomised; the others are not
   * copied.
   *
   * @param weights under the network's own names
   * @param last 0 for none
   * @throws IllegalArgumentException if it is negative or there are fewer layers
   */
  public static Weights of(Network network, Weights weights, int last, long seed) {
    List<String> layers = layers(network);
    if (last < 0 || last > layers.size()) {
      throw new IllegalArgumentException(
          "%s has %d layers with weights, cannot randomise %d"
              .formatted(network.name(), layers.size(), last));
    }
    Set<Parameter> drawn = new HashSet<>();
    Map<String, List<Parameter>> byLayer = byLayer(network);
    layers.subList(0, last).forEach(name -> drawn.addAll(byLayer.getOrDefault(name, List.of())));
    Map<String, Tensor> tensors = new HashMap<>();
    for (Parameter parameter : network.parameters()) {
      tensors.put(
          parameter.name(),
          drawn.contains(parameter)
              ? InitialWeights.tensor(parameter, seed)
              : new Tensor(parameter.shape(), weights.floats(parameter.name())));
    }
    return Weights.of(tensors);
  }

  /** Each layer's tensors, from the input up. */
  private static Map<String, List<Parameter>> byLayer(Network network) {
    Map<String, List<Parameter>> tensors = new LinkedHashMap<>();
    for (Node node : network.nodes()) {
      if (!node.parameters().isEmpty()) {
        boolean norm = node.layer() instanceof Layer.BatchNorm;
        String layer = norm ? network.nodes().get(node.inputs().get(0)).name() : node.name();
        tensors.computeIfAbsent(layer, n -> new ArrayList<>()).addAll(node.parameters());
      }
    }
    return tensors;
  }
}
