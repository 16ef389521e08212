package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.PlanarImage;
import org.whisker.random.SplitMix64;

/**
 * Options of occlusion.
 *
 * @param width the width of the occlusion window in pixels, at least 1
 * @param height the height of the occlusion window in pixels, at least 1
 * @param stride in pixels along either axis, at least 1, at most the window's shorter side, so that
 *     every pixel is covered
 * @param fill replacement of the occluded pixels
 */
public record OcclusionOptions(
    int width, int height, int stride, Fill fill, OcclusionBorder border) {
  public OcclusionOptions {
    Inputs.atLeast(1, "the window's width", width);
    Inputs.atLeast(1, "the window's height", height);
    Inputs.atLeast(1, "stride", stride);
    if (stride > Math.min(width, height)) {
      throw new IllegalArgumentException(
          "stride " + stride + " leaves pixels out between " + size(width, height) + " windows");
    }
  }

  /** Square windows, all inside the canvas. */
  public static OcclusionOptions square(int side, int stride, Fill fill) {
    return new OcclusionOptions(side, side, stride, fill, OcclusionBorder.FULL_WINDOWS);
  }

  /**
   * The number of windows on a canvas.
   *
   * @throws IllegalArgumentException if the window is larger than the canvas
   */
  public int windows(Canvas canvas) {
    check(canvas);
    return border.starts(canvas.width(), width, stride).length
        * border.starts(canvas.height(), height, stride).length;
  }

  public List<OcclusionWindow> on(Canvas canvas) {
    check(canvas);
    List<OcclusionWindow> windows = new ArrayList<>();
    for (int y : border.starts(canvas.height(), height, stride)) {
      int rows = border.length(y, canvas.height(), height);
      for (int x : border.starts(canvas.width(), width, stride)) {
        int columns = border.length(x, canvas.width(), width);
        windows.add(new OcclusionWindow(canvas, x, y, columns, rows));
      }
    }
    return windows;
  }

  private void check(Canvas canvas) {
    if (width > canvas.width() || height > canvas.height()) {
      throw new IllegalArgumentException(
          "a " + size(width, height) + " window is larger than the " + canvas + " canvas");
    }
  }

  private static String size(int width, int height) {
    return width + "x" + height;
  }

  /** An occlusion window on a canvas, which wraps around its borders. */
  public record OcclusionWindow(Canvas canvas, int x, int y, int width, int height) {

    /**
     * Identifies the changed pixels: equal for windows that give the same image. The two sums are a
     * 128-bit hash of the changed indices, which makes collisions negligible.
     */
    public record Change(int pixels, long first, long second) {
      public boolean isNone() {
        return pixels == 0;
      }
    }

    public void forEach(IntConsumer pixel) {
      for (int dy = 0; dy < height; dy++) {
        int row = (y + dy) % canvas.height() * canvas.width();
        for (int dx = 0; dx < width; dx++) {
          pixel.accept(row + (x + dx) % canvas.width());
        }
      }
    }

    public Change change(PlanarImage base, PlanarImage fill) {
      int pixels = 0;
      long first = 0;
      long second = 0;
      for (int dy = 0; dy < height; dy++) {
        int row = (y + dy) % canvas.height() * canvas.width();
        for (int dx = 0; dx < width; dx++) {
          int i = row + (x + dx) % canvas.width();
          if (!base.isSameAt(fill, i)) {
            pixels++;
            first += SplitMix64.mix(i + 1L);
            second += SplitMix64.mix(~(long) i);
          }
        }
      }
      return new Change(pixels, first, second);
    }

    /**
     * The patch of the image occluded by the fill. A wrapped window becomes a patch along that
     * whole axis.
     */
    public Patch patch(PlanarImage base, PlanarImage fill) {
      boolean overX = x + width > canvas.width();
      boolean overY = y + height > canvas.height();
      int left = overX ? 0 : x;
      int top = overY ? 0 : y;
      Canvas size = new Canvas(overX ? canvas.width() : width, overY ? canvas.height() : height);
      float[] content = new float[base.planes() * size.pixels()];
      for (int i = 0; i < size.pixels(); i++) {
        put(base, canvas.index(left + size.x(i), top + size.y(i)), content, i);
      }
      forEach(i -> put(fill, i, content, size.index(canvas.x(i) - left, canvas.y(i) - top)));
      return new Patch(left, top, PlanarImage.of(size, content));
    }

    /** Copies a pixel into each plane of a smaller picture. */
    private static void put(PlanarImage from, int pixel, float[] content, int at) {
      int pixels = content.length / from.planes();
      for (int plane = 0; plane < from.planes(); plane++) {
        content[plane * pixels + at] = from.at(plane * from.canvas().pixels() + pixel);
      }
    }
  }

  /** Placement of occlusion windows along an axis, and their treatment at the border. */
  public enum OcclusionBorder {
    /**
     * Only windows inside the canvas: every {@code stride} pixels from 0, and a last one flush with
     * the far border. Every pixel is covered and all windows have the same area, but pixels near
     * the border lie in fewer windows: at stride 1, a corner pixel lies in one, a central pixel in
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
     * Captum's rule: {@code ceil((size − window) / stride) + 1} windows from 0; the last is clipped
     * at the border and thus smaller.
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
     * Windows wrap around the border (a torus), so that border and middle are covered alike:
     * exactly uniformly if the stride divides the window and the canvas; otherwise windows are
     * spaced evenly, at most a stride apart, and coverage varies but not with the distance to the
     * border. A wrapped window hides parts of opposite borders at once.
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
      throw new IllegalArgumentException(
          "border must be full-windows, captum or wrap, was " + text);
    }
  }
}
