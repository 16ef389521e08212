package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.whisker.network.Layer.Parameter;
import org.whisker.random.SplitMix64;

/**
 * Weights computed from their names, so that two implementations of a network can be compared
 * without trained ones. Element {@code i} of a tensor is {@code centre + half * (2u - 1)}, with
 * {@code u} the upper 24 bits of output {@code i} of SplitMix64 seeded with {@code fnv1a64(name)
 * xor seed}. Kaiming-uniform in scale: the half-width for a weight is {@code sqrt(6 / fan-in)}.
 *
 * <p>Each call of {@link #floats} recomputes its tensor; nothing is kept.
 */
public final class FormulaWeights implements Weights {
  /** The seed of the reference numbers. */
  public static final long REFERENCE_SEED = 20261124;

  private final SortedMap<String, Parameter> schema = new TreeMap<>();
  private final long seed;

  public FormulaWeights(List<Parameter> schema, long seed) {
    schema.forEach(parameter -> this.schema.put(parameter.name(), parameter));
    this.seed = seed;
  }

  /** The input picture that goes with them: {@code u} for the name "input", in [0, 1). */
  public static float[] input(int channels, int height, int width, long seed) {
    int count = Math.multiplyExact(Math.multiplyExact(channels, height), width);
    return values("input", count, seed, 0.5, 0.5);
  }

  private static float[] values(String name, int count, long seed, double centre, double half) {
    SplitMix64 random = new SplitMix64(SplitMix64.fnv1a(name) ^ seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double u = (random.nextLong() >>> 40) * 0x1p-24;
      values[i] = (float) (centre + half * (2 * u - 1));
    }
    return values;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(schema.keySet());
  }

  @Override
  public List<Integer> shape(String name) {
    return parameter(name).shape();
  }

  @Override
  public FloatBuffer floats(String name) {
    Parameter parameter = parameter(name);
    int count = Math.toIntExact(parameter.size());
    double centre = centre(parameter.role());
    return FloatBuffer.wrap(values(name, count, seed, centre, half(parameter))).asReadOnlyBuffer();
  }

  @Override
  public String origin() {
    return "the formula weights of seed " + seed;
  }

  private static double centre(Parameter.Role role) {
    return switch (role) {
      case NORM_WEIGHT, RUNNING_VAR -> 1;
      case NORM_BIAS, RUNNING_MEAN, WEIGHT, BIAS -> 0;
    };
  }

  private static double half(Parameter parameter) {
    return switch (parameter.role()) {
      case NORM_WEIGHT, NORM_BIAS, RUNNING_MEAN -> 0.1;
      case RUNNING_VAR -> 0.25;
      case WEIGHT, BIAS -> spread(parameter);
    };
  }

  private static double spread(Parameter parameter) {
    List<Integer> shape = parameter.shape();
    return shape.size() < 2 ? 0.05 : Math.sqrt(6.0 * shape.get(0) / parameter.size());
  }

  private Parameter parameter(String name) {
    Parameter parameter = schema.get(name);
    if (parameter == null) {
      throw new NoSuchElementException("no tensor " + name);
    }
    return parameter;
  }
}
