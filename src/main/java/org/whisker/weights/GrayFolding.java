package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.weights.Weights.Tensor;

/**
 * A network with three input channels converted to one with a single channel and the same output
 * for gray pictures: the first convolution's weights are summed over its input channels. Exact if
 * all channels have the same preprocessing.
 *
 * @param network the network with one input channel
 * @param weights its tensors
 */
public record GrayFolding(Network network, Weights weights) {
  public static GrayFolding of(Network source, Weights weights) {
    Network gray = source.withGrayInput();
    Map<String, Tensor> tensors = new HashMap<>();
    for (Node node : gray.nodes()) {
      for (Parameter parameter : node.parameters()) {
        tensors.put(parameter.name(), fitted(parameter, weights));
      }
    }
    return new GrayFolding(gray, Weights.of(tensors));
  }

  private static Tensor fitted(Parameter parameter, Weights weights) {
    FloatBuffer source = weights.floats(parameter.name());
    if (source.remaining() == parameter.size()) {
      return new Tensor(parameter.shape(), source);
    }
    int plane = parameter.shape().get(2) * parameter.shape().get(3);
    int channels = Math.toIntExact(source.remaining() / parameter.size());
    float[] sums = new float[Math.toIntExact(parameter.size())];
    for (int i = 0; i < sums.length; i++) {
      int first = i / plane * plane * channels + i % plane;
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += source.get(first + c * plane);
      }
      sums[i] = (float) sum;
    }
    return Tensor.of(parameter.shape(), sums);
  }
}
