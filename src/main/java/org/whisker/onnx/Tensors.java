package org.whisker.onnx;

import java.util.Arrays;
import java.util.List;
import org.whisker.weights.Tensor;

/** Tensors of a network, made of constants and numbers. */
final class Tensors {
  private Tensors() {}

  static Tensor of(Constant constant) {
    List<Integer> shape = Arrays.stream(constant.shape()).boxed().toList();
    return new Tensor(shape, constant.floats());
  }

  /** A vector. */
  static Tensor of(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(List.of(floats.length), floats);
  }

  /** A vector of one number. */
  static Tensor filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return of(values);
  }

  /** A known tensor that must be a vector of that length. */
  static Tensor vector(Constant constant, int length, String what) {
    if (constant.size() != length) {
      throw new IllegalArgumentException(
          "%s of %d values for %d channels".formatted(what, constant.size(), length));
    }
    return new Tensor(List.of(length), constant.floats());
  }
}
