package org.whisker.cli.saliency;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.Upsampling;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.saliency.MethodConfig;
import org.whisker.study.saliency.ReferenceGray;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the methods are set to. */
final class SaliencySettingsOptions {
  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = {
        "The layer of class activation maps and layer attributions, as 'network show' names it.",
        "Default: the last stage with 6 x 6 positions or more."
      })
  private @Nullable String layer;

  @Option(
      names = "--upsample",
      paramLabel = "U",
      defaultValue = "nearest",
      description = {
        "How the map on such a layer's grid becomes one of pixels: nearest (a pixel has the value of"
            + " its cell) or bilinear (between the cells' centres, as Captum's interpolate).",
        "It changes the map and all that is measured of it, not its picture alone; the map on the"
            + " grid is kept beside it. Default: nearest."
      })
  private String upsample = Upsampling.NEAREST.toString();

  @Option(
      names = "--baseline",
      paramLabel = "B",
      defaultValue = "auto",
      description = {
        "Baseline of gradient-x-input, integrated-gradients, gradient-shap, deeplift and"
            + " layer-conductance: white, black, gray, mean, blur or"
            + " an image file.",
        "Default: auto, see below."
      })
  private String baseline = ReferenceGray.AUTO;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Steps of integrated-gradients, doubled until the map adds up within 1 %%, at most 16 times"
              + " as many. Default: 50.")
  private int steps = IntegratedGradients.DEFAULT_STEPS;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = {
        "Number of random samples. Default: 50 noisy copies (smoothgrad, vargrad, gradient-shap,"
            + " smooth-NAME), 2000 masks"
            + " (rise), 40 orders (shapley)."
      })
  private @Nullable Integer samples;

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      description = {
        "Standard deviation of the noise of these noisy copies, in gray values (black to white"
            + " is 1). Default: 0.15, halved until the noisy copies keep the class."
      })
  private @Nullable Double noise;

  @Mixin private final OcclusionOption occlusion = new OcclusionOption();

  /**
   * These as a configuration.
   *
   * @throws InvalidRequestException for what can't be with any classifier
   */
  MethodConfig config() {
    Integer drawn = samples;
    Double sigma = noise;
    return InvalidRequestException.check(
        () ->
            new MethodConfig(
                Optional.ofNullable(layer),
                Optional.of(upsampling(upsample)),
                baseline,
                steps,
                drawn == null ? OptionalInt.empty() : OptionalInt.of(drawn),
                sigma == null ? OptionalDouble.empty() : OptionalDouble.of(sigma),
                occlusion.config()));
  }

  private static Upsampling upsampling(String text) {
    try {
      return Upsampling.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--upsample " + e.getMessage(), e);
    }
  }
}
