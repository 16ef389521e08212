package org.whisker.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;
import org.whisker.weights.Weights.Tensor;

/**
 * Initial weights: normal with variance 2 / fan-in (He et al., arXiv 1502.01852), biases 0, batch
 * norm the identity. Each tensor has its own random stream, so adding or removing a layer leaves
 * the others unchanged.
 */
public final class InitialWeights {
  private InitialWeights() {}

  /** Draws all tensors of a schema; the same seed draws the same, each from a stream of its own. */
  public static Weights of(List<Parameter> schema, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : schema) {
      tensors.put(parameter.name(), tensor(parameter, seed));
    }
    return Weights.of(tensors);
  }

  /** A single tensor, the same as in a whole schema. */
  static Tensor tensor(Parameter parameter, long seed) {
    return Tensor.of(parameter.shape(), values(parameter, seed));
  }

  private static float[] values(Parameter parameter, long seed) {
    float[] values = new float[Math.toIntExact(parameter.size())];
    switch (parameter.role()) {
      case NORM_WEIGHT, RUNNING_VAR -> Arrays.fill(values, 1);
      case WEIGHT -> normal(values, parameter, seed);
      case BIAS, NORM_BIAS, RUNNING_MEAN -> {}
    }
    return values;
  }

  private static void normal(float[] values, Parameter parameter, long seed) {
    SplitMix64 random = SplitMix64.stream(seed, parameter.name(), 0);
    double fanIn = (double) parameter.size() / parameter.shape().get(0);
    double sd = Math.sqrt(2 / fanIn);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sd * random.nextGaussian());
    }
  }

  /**
   * Weights with some layers randomised, from the output down (cascading randomisation; Adebayo et
   * al., 2018, arXiv:1810.03292): a map that does not change then does not show what the network
   * learned. The layers are drawn from the distribution of initial weights ({@link
   * InitialWeights}), not permuted, each from its own random stream, so that randomising one more
   * layer leaves the others unchanged.
   *
   * <p>The layers that have weights, from the output down: convolutions and linear layers. A batch
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
  public static Weights randomisedWeights(Network network, Weights weights, int last, long seed) {
    List<String> layers = layers(network);
    Checks.refuse(
        last < 0 || last > layers.size(),
        "%s has %d layers with weights, cannot randomise %d",
        network.name(),
        layers.size(),
        last);
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

  /** The tensors of each layer, from the input up. */
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
