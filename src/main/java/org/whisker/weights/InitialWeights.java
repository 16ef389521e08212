package org.whisker.weights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.network.Parameter;
import org.whisker.random.SplitMix64;

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
}
