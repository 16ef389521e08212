package org.whisker.network;

import java.util.Optional;
import org.whisker.network.Network.FeatureShape;
import org.whisker.value.Labelled;
import org.whisker.value.Text;

/**
 * The kernel geometry of a convolution or a pooling.
 *
 * @param rows from top to bottom
 * @param columns from left to right
 */
public record Window(Axis rows, Axis columns) {
  /**
   * One direction.
   *
   * @param kernel number of values that the kernel reads
   * @param stride distance between two positions
   * @param dilation distance between two values of the kernel; 1 if they are adjacent
   * @param before positions added before the first one
   * @param after positions added after the last one
   */
  public record Axis(int kernel, int stride, int dilation, int before, int after) {
    /** Adjacent values, with the same padding on both sides. */
    public Axis(int kernel, int stride, int padding) {
      this(kernel, stride, 1, padding, padding);
    }

    /**
     * TensorFlow's SAME padding of {@code size} positions: {@code ceil(size / stride)} outputs,
     * with the odd one of the added positions behind.
     */
    static Axis same(int kernel, int stride, int size) {
      int outputs = (size + stride - 1) / stride;
      int total = Math.max(0, (outputs - 1) * stride + kernel - size);
      return new Axis(kernel, stride, 1, total / 2, total - total / 2);
    }

    /** Length from the first position that the kernel reads to the last, both included. */
    public int extent() {
      return dilation * (kernel - 1) + 1;
    }

    /** The larger of the paddings. */
    public int padding() {
      return Math.max(before, after);
    }

    private boolean impossible() {
      return kernel < 1 || stride < 1 || dilation < 1 || before < 0 || after < 0;
    }

    /** The number of outputs, rounded down as PyTorch does. */
    int slide(int size) {
      return Math.floorDiv(size + before + after - extent(), stride) + 1;
    }
  }

  public Window {
    if (rows.impossible() || columns.impossible()) {
      throw new IllegalArgumentException(
          Text.of(
              "impossible window: %dx%d stride %s dilation %s padding %s,%s",
              rows.kernel,
              columns.kernel,
              pair(rows.stride, columns.stride),
              pair(rows.dilation, columns.dilation),
              pair(rows.before, rows.after),
              pair(columns.before, columns.after)));
    }
  }

  private static String pair(int first, int second) {
    return first == second ? Integer.toString(first) : first + "+" + second;
  }

  /**
   * Adjacent values, the same stride in both directions, the same padding on opposite sides.
   *
   * @param height rows of the kernel
   * @param width columns of the kernel
   * @param padRows rows added above, and as many below
   * @param padColumns columns added left, and as many right
   */
  public Window(int height, int width, int stride, int padRows, int padColumns) {
    this(new Axis(height, stride, padRows), new Axis(width, stride, padColumns));
  }

  /** A square kernel. */
  public static Window square(int side, int stride, int padding) {
    return new Window(side, side, stride, padding, padding);
  }

  /** A square kernel with TensorFlow's SAME padding of a map of this shape. */
  public static Window same(int side, int stride, FeatureShape map) {
    return new Window(Axis.same(side, stride, map.height()), Axis.same(side, stride, map.width()));
  }

  /** The window of a layer that slides one: a convolution, or a pooling that is not adaptive. */
  public static Optional<Window> of(Layer layer) {
    if (layer instanceof Layer.Conv conv) {
      return Optional.of(conv.window());
    } else if (layer instanceof Layer.MaxPool pool) {
      return Optional.of(pool.window());
    } else if (layer instanceof Layer.AvgPool pool) {
      return Optional.of(pool.window());
    }
    return Optional.empty();
  }

  /** The number of values that the kernel reads. */
  public int size() {
    return rows.kernel * columns.kernel;
  }

  public boolean padded() {
    return rows.padding() > 0 || columns.padding() > 0;
  }

  /** Whether opposite sides have the same padding. */
  public boolean symmetric() {
    return rows.before == rows.after && columns.before == columns.after;
  }

  /** Whether it moves by one position in both directions. */
  public boolean dense() {
    return rows.stride == 1 && columns.stride == 1;
  }

  /** The output's shape, rounded down as PyTorch does. */
  FeatureShape slide(FeatureShape in, int channels) {
    return new FeatureShape(channels, rows.slide(in.height()), columns.slide(in.width()));
  }

  /** The values that a convolution reads beyond the border of its input. */
  public enum Padding implements Labelled {
    ZERO,
    REFLECT,
    REPLICATE,
    CIRCULAR;

    /**
     * Whether a map of {@code size} values has enough of them for {@code width} beyond its border:
     * a reflection leaves out the outermost one, and PyTorch wraps no value twice.
     */
    boolean fits(int width, int size) {
      return switch (this) {
        case REFLECT -> width < size;
        case CIRCULAR -> width <= size;
        case ZERO, REPLICATE -> true;
      };
    }

    public static Padding parse(String label) {
      return Labelled.find(values(), label)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "padding is zero, reflect, replicate or circular, not " + label));
    }
  }
}
