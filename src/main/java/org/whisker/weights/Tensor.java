package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * One float32 tensor.
 *
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param floats its values, row-major; a read-only view, not copied
 */
public record Tensor(List<Integer> shape, FloatBuffer floats) {
  public Tensor {
    shape = List.copyOf(shape);
    floats = floats.slice().asReadOnlyBuffer();
    if (shape.stream().anyMatch(d -> d < 0)) {
      throw new IllegalArgumentException("a tensor has a negative dimension: " + shape);
    }
    long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (size != floats.remaining()) {
      throw new IllegalArgumentException(
          floats.remaining() + " values do not fill a tensor of shape " + shape);
    }
  }

  /** A tensor over an array, which is not copied. */
  public static Tensor of(List<Integer> shape, float... values) {
    return new Tensor(shape, FloatBuffer.wrap(values));
  }

  /** The values, in a buffer whose position is the caller's own. */
  @Override
  public FloatBuffer floats() {
    return floats.duplicate();
  }
}
