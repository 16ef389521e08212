package org.whisker.saliency;

import java.util.Locale;
import java.util.stream.IntStream;

/** Where occluding windows lie along an axis, and what becomes of them at the border. */
public enum OcclusionBorder {
  /**
   * Only windows wholly on the canvas: every {@code stride} pixels from 0, and a last one flush
   * with the far border. Every pixel is covered and every window hides the same area, but pixels
   * near the border lie in fewer windows: at stride 1 a corner in one, a pixel in the middle in
   * {@code width × height}.
   */
  FULL_WINDOWS {
    @Override
    int[] starts(int size, int window, int stride) {
      int last = size - window;
      IntStream regular = IntStream.iterate(0, start -> start < last, start -> start + stride);
      return IntStream.concat(regular, IntStream.of(last)).toArray();
    }
  },
  /**
   * Captum's: {@code ceil((size − window) / stride) + 1} windows from 0, of which the last is cut
   * at the border, so that it hides less than the others.
   */
  CAPTUM {
    @Override
    int[] starts(int size, int window, int stride) {
      int count = 1 + ceilDiv(size - window, stride);
      return IntStream.range(0, count).map(k -> k * stride).toArray();
    }

    @Override
    int length(int start, int size, int window) {
      return Math.min(window, size - start);
    }
  },
  /**
   * Windows roll over the border, so that the border is covered like the middle: exactly evenly
   * when the stride divides the window and the canvas; else windows start at most a stride apart,
   * spread evenly, and coverage varies from window to window but not with the distance to the
   * border. A rolled window hides parts of opposite borders at once.
   */
  WRAP {
    @Override
    int[] starts(int size, int window, int stride) {
      int count = ceilDiv(size, stride);
      return IntStream.range(0, count).map(k -> (int) ((long) k * size / count)).toArray();
    }
  };

  /** Where windows start; some of WRAP end beyond the canvas and go on at 0. */
  abstract int[] starts(int size, int window, int stride);

  int length(int start, int size, int window) {
    return window;
  }

  private static int ceilDiv(int a, int b) {
    return -Math.floorDiv(-a, b);
  }

  /** As users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@code full-windows}, {@code captum} or {@code wrap}. */
  public static OcclusionBorder parse(String text) {
    for (OcclusionBorder border : values()) {
      if (border.toString().equals(text)) {
        return border;
      }
    }
    throw new IllegalArgumentException("border must be full-windows, captum or wrap, was " + text);
  }
}
