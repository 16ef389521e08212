package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.whisker.image.Canvas;

/**
 * Options of occlusion.
 *
 * @param width of the occlusion window in pixels, at least 1
 * @param height of the occlusion window in pixels, at least 1
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
    Objects.requireNonNull(fill, "fill");
    Objects.requireNonNull(border, "border");
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

  /** The windows, row by row. */
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
}
