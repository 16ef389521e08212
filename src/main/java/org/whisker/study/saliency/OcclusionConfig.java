package org.whisker.study.saliency;

import java.util.Optional;
import java.util.OptionalInt;
import org.whisker.image.Canvas;
import org.whisker.saliency.OcclusionBorder;
import org.whisker.study.InvalidRequestException;

/**
 * How to occlude, and what a hidden place shows in any method.
 *
 * @param window the size of the occluding window; by default 16 x 16 pixels, less in smaller images
 * @param stride the distance between windows in pixels; by default 4, or the window's shorter side
 *     if that is less
 * @param border what becomes of windows at the border
 * @param fill what a hidden place shows, see {@link ReferenceGray#parse}
 * @param verify whether a sample of the windows is scored again by full passes
 */
public record OcclusionConfig(
    Optional<Size> window,
    OptionalInt stride,
    OcclusionBorder border,
    String fill,
    boolean verify) {
  private static final int WINDOW = 16;
  private static final int STRIDE = 4;
  private static final int VERIFIED = 64;

  /** A size in pixels. */
  public record Size(int width, int height) {
    private static Size within(Canvas canvas) {
      return new Size(Math.min(WINDOW, canvas.width()), Math.min(WINDOW, canvas.height()));
    }

    private int shorter() {
      return Math.min(width, height);
    }
  }

  public OcclusionConfig {
    ReferenceGray.parse("--fill", fill);
  }

  /** Whole windows of 16 x 16 pixels every 4, filled as suits the picture. */
  public static OcclusionConfig standard() {
    return new OcclusionConfig(
        Optional.empty(),
        OptionalInt.empty(),
        OcclusionBorder.FULL_WINDOWS,
        ReferenceGray.AUTO,
        false);
  }

  /** With another window, and another distance between windows. */
  public OcclusionConfig withWindow(int width, int height, int other) {
    return new OcclusionConfig(
        Optional.of(new Size(width, height)), OptionalInt.of(other), border, fill, verify);
  }

  /**
   * The windows on a canvas.
   *
   * @throws InvalidRequestException for what can't be there
   */
  OcclusionWindows on(Canvas canvas) {
    Size size = window.orElseGet(() -> Size.within(canvas));
    int step = stride.orElseGet(() -> Math.min(STRIDE, size.shorter()));
    InvalidRequestException.refuse(
        size.shorter() < 1 || size.width > canvas.width() || size.height > canvas.height(),
        "--window must be within the %s image, was %dx%d"
            .formatted(canvas, size.width, size.height));
    InvalidRequestException.refuse(
        step < 1 || step > size.shorter(),
        "--stride must be from 1 to the window's side, so that no pixel is left out; was %d with a"
                .formatted(step)
            + " %dx%d window".formatted(size.width, size.height));
    return new OcclusionWindows(
        size.width,
        size.height,
        step,
        border,
        ReferenceGray.parse("--fill", fill),
        verify ? VERIFIED : 0);
  }
}
