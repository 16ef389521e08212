package org.whisker.cli.saliency;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.OcclusionBorder;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.saliency.OcclusionConfig;
import org.whisker.study.saliency.ReferenceGray;
import picocli.CommandLine.Option;

/** How to occlude, and what a hidden place shows in any method. */
final class OcclusionOption {
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
   * These as a configuration.
   *
   * @throws InvalidRequestException for what can't be on any canvas
   */
  OcclusionConfig config() {
    String asked = window;
    Integer step = stride;
    return InvalidRequestException.check(
        () ->
            new OcclusionConfig(
                asked == null ? Optional.empty() : Optional.of(size(asked)),
                step == null ? OptionalInt.empty() : OptionalInt.of(step),
                parseBorder(border),
                fill,
                verify));
  }

  private static OcclusionBorder parseBorder(String text) {
    try {
      return OcclusionBorder.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + e.getMessage(), e);
    }
  }

  private static OcclusionConfig.Size size(String text) {
    InvalidRequestException.refuse(
        !text.matches("[0-9]{1,5}(x[0-9]{1,5})?"),
        "--window must be a side or WIDTHxHEIGHT in pixels, was '" + text + "'");
    String[] sides = text.split("x", -1);
    return new OcclusionConfig.Size(
        Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
  }
}
