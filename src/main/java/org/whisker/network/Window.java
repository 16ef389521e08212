package org.whisker.network;

import java.util.Optional;

/**
 * The kernel geometry of a convolution or a pooling.
 *
 * @param height rows of the kernel
 * @param width columns of the kernel
 * @param stride distance between two positions, in both directions
 * @param padRows rows added above and below
 * @param padColumns columns added left and right
 */
public record Window(int height, int width, int stride, int padRows, int padColumns) {
  public Window {
    if (height < 1 || width < 1 || stride < 1 || padRows < 0 || padColumns < 0) {
      throw new IllegalArgumentException(
          "impossible window: %dx%d stride %d padding %d,%d"
              .formatted(height, width, stride, padRows, padColumns));
    }
  }

  /** A square kernel. */
  public static Window square(int side, int stride, int padding) {
    return new Window(side, side, stride, padding, padding);
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

  public boolean padded() {
    return padRows > 0 || padColumns > 0;
  }

  /** The output's shape, rounded down as PyTorch does. */
  FeatureShape slide(FeatureShape in, int channels) {
    return new FeatureShape(
        channels, along(in.height(), height, padRows), along(in.width(), width, padColumns));
  }

  private int along(int size, int kernel, int padding) {
    return Math.floorDiv(size + 2 * padding - kernel, stride) + 1;
  }
}
