package org.whisker.onnx;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.whisker.value.Checks;

/**
 * A resize of a known tensor, such as a position embedding at another size: along each dimension,
 * each value of the result is a weighted sum of values before.
 */
record KnownResize(ResizeForm form) {
  private static final Set<String> MODES = Set.of("nearest", "linear", "cubic");

  /** What one value of the result is made of. */
  private static final class Sum {
    private final int[] from;
    private final double[] weights;

    Sum(int[] from, double... weights) {
      this.from = from;
      this.weights = weights;
    }
  }

  static Constant of(Operator.KnownNode in) {
    ResizeForm form = ResizeForm.of(in);
    Checks.require(
        MODES.contains(form.mode()), "mode %s; nearest, linear and cubic can be read", form.mode());
    KnownResize resize = new KnownResize(form);
    int[] shape = in.x().shape();
    int[] to = form.target(shape);
    float[] factors = form.factors(shape, to);
    double[] values = IntStream.range(0, in.x().size()).mapToDouble(in.x()::number).toArray();
    for (int axis = 0; axis < to.length; axis++) {
      if (shape[axis] != to[axis] || factors[axis] != 1) {
        int[] next = shape.clone();
        next[axis] = to[axis];
        in.budget().take(next);
        values = along(values, shape, axis, resize.sums(shape[axis], to[axis], factors[axis]));
        shape = next;
      }
    }
    return ArithmeticOperators.like(in.x(), to, values);
  }

  private static double[] along(double[] values, int[] shape, int axis, Sum[] sums) {
    int inner = Shapes.strides(shape)[axis];
    int outer = values.length / (inner * shape[axis]);
    double[] made = new double[outer * sums.length * inner];
    for (int i = 0; i < made.length; i++) {
      Sum sum = sums[i / inner % sums.length];
      int start = i / inner / sums.length * shape[axis] * inner + i % inner;
      for (int k = 0; k < sum.from.length; k++) {
        made[i] += sum.weights[k] * values[start + sum.from[k] * inner];
      }
    }
    return made;
  }

  private Sum[] sums(int from, int to, float factor) {
    return IntStream.range(0, to)
        .mapToObj(
            i -> {
              float at = at(i, from, to, factor);
              return form.mode().equals("nearest")
                  ? new Sum(new int[] {inside(nearest(at), from)}, 1)
                  : weighted(at, from, form.antialias() ? Math.min(1, factor) : 1);
            })
        .toArray(Sum[]::new);
  }

  /** In single precision, as ONNX Runtime: positions are rounded to whole ones. */
  private float at(int i, int from, int to, float factor) {
    return switch (form.at()) {
      case "half_pixel" -> (i + 0.5f) / factor - 0.5f;
      case "pytorch_half_pixel" -> to > 1 ? (i + 0.5f) / factor - 0.5f : 0;
      case "half_pixel_symmetric" -> {
        float cut = to / (factor * from);
        yield from / 2f * (1 - cut) + (i + 0.5f) / factor - 0.5f;
      }
      case "align_corners" -> to > 1 ? (float) i * (from - 1) / (to - 1) : 0;
      case "asymmetric" -> i / factor;
      case "tf_half_pixel_for_nn" -> (i + 0.5f) / factor;
      default ->
          throw new IllegalArgumentException(
              "coordinate_transformation_mode %s can't be read; half_pixel can"
                  .formatted(form.at()));
    };
  }

  private int nearest(float at) {
    return (int)
        switch (form.nearest()) {
          case "floor" -> Math.floor(at);
          case "ceil" -> Math.ceil(at);
          case "round_prefer_ceil" -> Math.floor(at + 0.5f);
          default -> Math.ceil(at - 0.5f);
        };
  }

  private static int inside(int at, int size) {
    return Math.max(0, Math.min(size - 1, at));
  }

  /**
   * Values around a position.
   *
   * @param narrow by which distances are multiplied: below 1, more values are read
   */
  private Sum weighted(float at, int size, float narrow) {
    int first = (int) Math.floor(at);
    int start = (int) Math.floor(-(form.mode().equals("linear") ? 1 : 2) / narrow) + 1;
    int[] all =
        IntStream.rangeClosed(first + start, first + 1 - start)
            .filter(i -> !form.excludesOutside() || (i >= 0 && i < size))
            .toArray();
    double[] weights = Arrays.stream(all).mapToDouble(i -> weight(narrow * (i - at))).toArray();
    double sum = Arrays.stream(weights).sum();
    return new Sum(
        Arrays.stream(all).map(i -> inside(i, size)).toArray(),
        Arrays.stream(weights).map(weight -> weight / sum).toArray());
  }

  /** The linear kernel, or the cubic one of Keys (1981). */
  private double weight(double distance) {
    double d = Math.abs(distance);
    if (form.mode().equals("linear")) {
      return Math.max(0, 1 - d);
    }
    double a = form.coefficient();
    if (d <= 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }
}
