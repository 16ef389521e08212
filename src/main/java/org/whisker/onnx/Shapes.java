package org.whisker.onnx;

import java.util.Arrays;
import org.whisker.value.Checks;

/** Arithmetic on the dimensions of tensors. */
final class Shapes {
  private Shapes() {}

  /** An axis counted from the front; a negative one counts from the back. */
  static int axis(long axis, int rank) {
    Checks.refuse(
        axis < -rank || axis >= Math.max(1, rank), "axis %s of a tensor of rank %s", axis, rank);
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** NumPy's broadcasting. */
  static int[] broadcast(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      int x = i < rank - a.length ? 1 : a[i - rank + a.length];
      int y = i < rank - b.length ? 1 : b[i - rank + b.length];
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            Arrays.toString(a) + " and " + Arrays.toString(b) + " do not fit");
      }
      shape[i] = x == 1 ? y : x;
    }
    return shape;
  }

  /** The index in {@code from} that is broadcast to each element of {@code to}, row by row. */
  static int[] sources(int[] from, int[] to) {
    return walk(to, repeating(from, to.length), 0);
  }

  /**
   * The strides of a tensor that is broadcast to {@code rank} dimensions: 0 where it is repeated.
   */
  static int[] repeating(int[] from, int rank) {
    int[] strides = new int[rank];
    int offset = rank - from.length;
    int stride = 1;
    for (int i = from.length - 1; i >= 0; i--) {
      strides[i + offset] = from[i] == 1 ? 0 : stride;
      stride *= from[i];
    }
    return strides;
  }

  /**
   * Returns {@code start} plus the index times the strides, for each element of a tensor row by
   * row.
   */
  static int[] walk(int[] shape, int[] strides, int start) {
    int[] found = new int[Constant.allocatable(shape)];
    int[] index = new int[shape.length];
    int at = start;
    for (int n = 0; n < found.length; n++) {
      found[n] = at;
      for (int d = shape.length - 1; d >= 0; d--) {
        at += strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        at -= strides[d] * shape[d];
        index[d] = 0;
      }
    }
    return found;
  }

  /** The strides of a tensor that is stored row by row. */
  static int[] strides(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }

  /**
   * The target of a Reshape: 0 copies a dimension, −1 is what is left.
   *
   * @param allowZero whether 0 means an empty dimension instead
   */
  static int[] reshaped(int[] from, long[] target, boolean allowZero) {
    int[] shape = new int[target.length];
    long known = 1;
    int open = -1;
    for (int i = 0; i < shape.length; i++) {
      long d = target[i] == 0 && !allowZero && i < from.length ? from[i] : target[i];
      if (d < -1 || d > Integer.MAX_VALUE || (d == -1 && open >= 0)) {
        throw new IllegalArgumentException("cannot reshape to " + Arrays.toString(target));
      }
      open = d == -1 ? i : open;
      shape[i] = (int) d;
      known = d == -1 ? known : Math.multiplyExact(known, d);
    }
    long size = Constant.size(from);
    if (open >= 0) {
      shape[open] = known == 0 ? 0 : (int) (size / known);
    }
    if (Constant.size(shape) != size) {
      throw new IllegalArgumentException(
          "cannot reshape " + Arrays.toString(from) + " to " + Arrays.toString(target));
    }
    return shape;
  }

  /** Removes the given axes; all of size one if there are none. */
  static int[] squeezed(int[] shape, long[] axes) {
    boolean[] gone = new boolean[shape.length];
    for (long axis : axes) {
      gone[axis(axis, shape.length)] = true;
    }
    int[] kept = new int[shape.length];
    int n = 0;
    for (int i = 0; i < shape.length; i++) {
      boolean drop = axes.length == 0 ? shape[i] == 1 : gone[i];
      Checks.refuse(
          drop && shape[i] != 1, "cannot squeeze axis %s of %s", i, Arrays.toString(shape));
      if (!drop) {
        kept[n++] = shape[i];
      }
    }
    return Arrays.copyOf(kept, n);
  }

  /** Inserts axes of size one; {@code axes} are their positions in the result. */
  static int[] unsqueezed(int[] shape, long[] axes) {
    int rank = shape.length + axes.length;
    boolean[] added = new boolean[rank];
    for (long axis : axes) {
      added[axis(axis, rank)] = true;
    }
    int[] result = new int[rank];
    int n = 0;
    for (int i = 0; i < rank; i++) {
      if (!added[i] && n == shape.length) {
        throw new IllegalArgumentException("an axis is named twice: " + Arrays.toString(axes));
      }
      result[i] = added[i] ? 1 : shape[n++];
    }
    return result;
  }

  /** The permutation of a Transpose; none given means the axes reversed. */
  static int[] permutation(long[] given, int rank) {
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = given.length == 0 ? rank - 1 - i : axis(given[i], rank);
    }
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < rank; i++) {
      if ((given.length != 0 && given.length != rank) || sorted[i] != i) {
        throw new IllegalArgumentException(
            Arrays.toString(given) + " is no order of " + rank + " axes");
      }
    }
    return order;
  }
}
