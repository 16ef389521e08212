package org.whisker.saliency;

import java.util.Locale;
import java.util.stream.IntStream;

/** Placement of occlusion windows along an axis, and their treatment at the border. */
public enum OcclusionBorder {
  /**
   * Only windows inside the canvas: every {@code stride} pixels from 0, and a last one flush with
   * the far border. Every pixel is covered and all windows have the same area, but pixels near the
   * border lie in fewer windows: at stride 1, a corner pixel lies in one, a central pixel in {@code
   * width × height}.
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
   * As in Captum: {@code ceil((size − window) / stride) + 1} windows from 0; the last is clipped at
   * the border and thus smaller.
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
   * Windows wrap around the border (a torus), so that border and middle are covered alike: exactly
   * uniformly if the stride divides the window and the canvas; otherwise windows are spaced evenly,
   * at most a stride apart, and coverage varies but not with the distance to the border. A wrapped
   * window hides parts of opposite borders at once.
   */
  WRAP {
    @Override
    int[] starts(int size, int window, int stride) {
      int count = ceilDiv(size, stride);
      return IntStream.range(0, count).map(k -> (int) ((long) k * size / count)).toArray();
    }
  };

  /**
   * Start coordinates of the windows; with WRAP, some extend beyond the canvas and continue at 0.
   */
  abstract int[] starts(int size, int window, int stride);

  int length(int start, int size, int window) {
    return window;
  }

  private static int ceilDiv(int a, int b) {
    return -Math.floorDiv(-a, b);
  }

  /** Name in options and files. */
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
