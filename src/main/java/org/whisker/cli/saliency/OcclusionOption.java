package org.whisker.cli.saliency;

import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.saliency.OcclusionBorder;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.saliency.OcclusionWindows;
import org.whisker.study.saliency.ReferenceGray;
import picocli.CommandLine.Option;

/** How to occlude, and what a hidden place shows in any method. */
public final class OcclusionOption {
  private static final int WINDOW = 16;
  private static final int STRIDE = 4;
  private static final int VERIFIED = 64;

  @Option(
      names = "--window",
      paramLabel = "W|WxH",
      description = "Size of the occluding window in pixels. Default: 16, or the image's side.")
  private @Nullable String window;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "Distance between windows in pixels. Default: 4, or the window's side.")
  private @Nullable Integer stride;

  @Option(
      names = "--border",
      paramLabel = "B",
      defaultValue = "full-windows",
      description = {
        "full-windows (whole windows only), captum (the last window is cut at the border) or wrap"
            + " (windows continue at the opposite border, so all pixels are covered equally"
            + " often). Default: full-windows."
      })
  private String border = OcclusionBorder.FULL_WINDOWS.toString();

  @Option(
      names = "--fill",
      paramLabel = "F",
      defaultValue = "auto",
      description =
          "What occlusion and rise put in place of hidden pixels: white, black, gray, mean or"
              + " blur. Default: auto, see below.")
  private String fill = ReferenceGray.AUTO;

  @Option(
      names = "--verify",
      description = {
        "Score a sample of the windows again by full passes; fail if a logit differs by more than"
            + " 1e-4."
      })
  private boolean verify;

  /**
   * The windows on a canvas.
   *
   * @throws InvalidRequestException for what can't be there
   */
  OcclusionWindows on(Canvas canvas) {
    int[] size =
        window == null
            ? new int[] {Math.min(WINDOW, canvas.width()), Math.min(WINDOW, canvas.height())}
            : size(window);
    int step = stride == null ? Math.min(STRIDE, Math.min(size[0], size[1])) : stride;
    InvalidRequestException.refuse(
        size[0] < 1 || size[1] < 1 || size[0] > canvas.width() || size[1] > canvas.height(),
        "--window must be within the %s image, was %dx%d".formatted(canvas, size[0], size[1]));
    InvalidRequestException.refuse(
        step < 1 || step > Math.min(size[0], size[1]),
        "--stride must be from 1 to the window's side, so that no pixel is left out; was %d with a"
                .formatted(step)
            + " %dx%d window".formatted(size[0], size[1]));
    return InvalidRequestException.check(
        () ->
            new OcclusionWindows(
                size[0],
                size[1],
                step,
                parseBorder(border),
                ReferenceGray.parse("--fill", fill),
                verify ? VERIFIED : 0));
  }

  private static OcclusionBorder parseBorder(String text) {
    try {
      return OcclusionBorder.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + e.getMessage(), e);
    }
  }

  private static int[] size(String text) {
    InvalidRequestException.refuse(
        !text.matches("[0-9]{1,5}(x[0-9]{1,5})?"),
        "--window must be a side or WIDTHxHEIGHT in pixels, was '" + text + "'");
    String[] sides = text.split("x", -1);
    return new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1])};
  }
}
