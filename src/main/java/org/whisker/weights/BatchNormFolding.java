package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whisker.network.FoldedBatchNorm;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.weights.Weights.Tensor;

/**
 * Batch norm folded into the convolution before it, for evaluation: {@code w' = w g / sqrt(var +
 * eps)} and {@code b' = beta + (b - mean) g / sqrt(var + eps)}, computed in float64.
 *
 * @param network the network without those batch norms
 * @param weights its tensors
 */
public record BatchNormFolding(Network network, Weights weights) {
  public static BatchNormFolding of(Network source, Weights weights) {
    FoldedBatchNorm folded = FoldedBatchNorm.of(source);
    Map<String, Tensor> tensors = new HashMap<>();
    for (Node node : folded.network().nodes()) {
      Node norm = folded.folds().get(node.name());
      if (norm == null) {
        node.parameters().forEach(p -> tensors.put(p.name(), copy(weights, p)));
      } else {
        fold(node, norm, weights, tensors);
      }
    }
    return new BatchNormFolding(folded.network(), Weights.of(tensors));
  }

  private static Tensor copy(Weights weights, Parameter parameter) {
    return new Tensor(parameter.shape(), weights.floats(parameter.name()));
  }

  private static void fold(Node conv, Node norm, Weights weights, Map<String, Tensor> tensors) {
    int channels = ((Layer.Conv) conv.layer()).out();
    double[] scale = scale(norm, weights, channels);
    Parameter weight = conv.parameters().get(0);
    tensors.put(weight.name(), scaled(weight, weights, scale));
    FloatBuffer mean = weights.floats(norm.name() + ".running_mean");
    FloatBuffer beta = weights.floats(norm.name() + ".bias");
    float[] bias = new float[channels];
    for (int c = 0; c < channels; c++) {
      double before = hasBias(weights, conv) ? weights.floats(conv.name() + ".bias").get(c) : 0;
      bias[c] = (float) (beta.get(c) + (before - mean.get(c)) * scale[c]);
    }
    tensors.put(conv.name() + ".bias", Tensor.of(List.of(channels), bias));
  }

  private static boolean hasBias(Weights weights, Node conv) {
    return weights.names().contains(conv.name() + ".bias");
  }

  private static double[] scale(Node norm, Weights weights, int channels) {
    double eps = ((Layer.BatchNorm) norm.layer()).eps();
    FloatBuffer gain = weights.floats(norm.name() + ".weight");
    FloatBuffer variance = weights.floats(norm.name() + ".running_var");
    double[] scale = new double[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = gain.get(c) / Math.sqrt(variance.get(c) + eps);
    }
    return scale;
  }

  private static Tensor scaled(Parameter weight, Weights weights, double[] scale) {
    FloatBuffer source = weights.floats(weight.name());
    float[] values = new float[Math.toIntExact(weight.size())];
    int each = values.length / scale.length;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (source.get(i) * scale[i / each]);
    }
    return Tensor.of(weight.shape(), values);
  }
}
