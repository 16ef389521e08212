package org.whisker.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.DataType;
import org.whisker.value.Checks;
import org.whisker.value.Text;
import org.whisker.weights.Weights.Tensor;

/**
 * A tensor whose values are known: weights, shapes, indices. Floating-point values are float32,
 * integers and booleans 64-bit.
 */
final class Constant implements Value {
  /** Tensors that are computed, not read, are shapes and small tables. */
  static final int LARGEST = 1 << 26;

  private final DataType type;
  private final int[] shape;
  private final @Nullable FloatBuffer floats;
  private final long[] integers;

  private Constant(DataType type, int[] shape, @Nullable FloatBuffer floats, long[] integers) {
    this.type = type;
    this.shape = shape.clone();
    this.floats = floats;
    this.integers = integers;
    long count = floats == null ? integers.length : floats.remaining();
    if (count != size(shape)) {
      throw new IllegalArgumentException(
          count + " values do not fill a tensor of shape " + Arrays.toString(shape));
    }
  }

  static Constant floats(int[] shape, float... values) {
    return new Constant(DataType.FLOAT, shape, FloatBuffer.wrap(values), new long[0]);
  }

  static Constant floats(int[] shape, FloatBuffer values) {
    return new Constant(DataType.FLOAT, shape, values.slice(), new long[0]);
  }

  static Constant integers(DataType type, int[] shape, long... values) {
    return new Constant(type, shape, null, values);
  }

  /** A vector of 64-bit integers. */
  static Constant vector(long... values) {
    return integers(DataType.INT64, new int[] {values.length}, values);
  }

  /** The product of dimensions. */
  static long size(int[] shape) {
    long size = 1;
    for (int d : shape) {
      size = Math.multiplyExact(size, (long) d);
    }
    return size;
  }

  /** The number of elements of a tensor that is about to be computed. */
  static int allocatable(int[] shape) {
    long size = 1;
    for (int d : shape) {
      size = size * d;
      if (d < 0 || size > LARGEST) {
        throw new IllegalArgumentException(
            "a computed tensor of shape " + Arrays.toString(shape) + " is too large");
      }
    }
    return (int) size;
  }

  /** Values that may still be computed: a small file can ask for any number of them. */
  static final class Budget {
    private long left;

    Budget(long left) {
      this.left = left;
    }

    /** Counts a tensor, and returns its number of elements, before anything is computed for it. */
    int take(int[] shape) {
      int size = allocatable(shape);
      take(size);
      return size;
    }

    void take(long values) {
      left -= values;
      Checks.refuse(left < 0, "the graph computes more of known tensors than any network needs");
    }
  }

  DataType type() {
    return type;
  }

  boolean floating() {
    return floats != null;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  int rank() {
    return shape.length;
  }

  int size() {
    return floats == null ? integers.length : floats.remaining();
  }

  /** Returns the same values in another shape. */
  Constant reshaped(int... other) {
    return new Constant(type, other, floats, integers);
  }

  /** A floating-point tensor's values; a buffer of the caller's own. */
  FloatBuffer floats() {
    if (floats != null) {
      return floats.duplicate();
    }
    float[] values = new float[integers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = integers[i];
    }
    return FloatBuffer.wrap(values);
  }

  double number(int i) {
    return floats == null ? integers[i] : floats.get(i);
  }

  long integer(int i) {
    return floats == null ? integers[i] : (long) floats.get(i);
  }

  long[] integers() {
    return floats == null
        ? integers.clone()
        : IntStream.range(0, size()).mapToLong(this::integer).toArray();
  }

  /** Whether all values are the same. */
  boolean uniform() {
    for (int i = 1; i < size(); i++) {
      if (number(i) != number(0)) {
        return false;
      }
    }
    return size() > 0;
  }

  /** Elements chosen by their position. */
  Constant picked(int[] to, int[] from) {
    if (floats == null) {
      return integers(type, to, Arrays.stream(from).mapToLong(i -> integers[i]).toArray());
    }
    float[] values = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      values[i] = floats.get(from[i]);
    }
    return floats(to, values);
  }

  @Override
  public String toString() {
    return (floating() ? "floats " : "integers ") + Arrays.toString(shape);
  }

  /** The constant as a tensor of a network. */
  Tensor tensor() {
    return new Tensor(Arrays.stream(shape).boxed().toList(), floats());
  }

  /** A known tensor that must be a vector of that length, as a tensor of a network. */
  static Tensor vectorOf(Constant constant, int length, String what) {
    if (constant.size() != length) {
      throw new IllegalArgumentException(
          Text.of("%s of %d values for %d channels", what, constant.size(), length));
    }
    return new Tensor(List.of(length), constant.floats());
  }

  /** A vector, as a tensor of a network. */
  static Tensor tensor(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(List.of(floats.length), floats);
  }

  /** A vector of one number, as a tensor of a network. */
  static Tensor filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return tensor(values);
  }
}
