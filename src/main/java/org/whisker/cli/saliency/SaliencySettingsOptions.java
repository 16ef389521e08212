package org.whisker.cli.saliency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.input.ImageSet;
import org.whisker.study.input.Pictures;
import org.whisker.study.saliency.ReferenceGray;
import org.whisker.study.saliency.SaliencySettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the methods are set to. */
final class SaliencySettingsOptions {
  private static final int NOISE = 50;
  private static final int MASKS = 2000;
  private static final int ORDERS = 40;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = {
        "The layer of grad-cam and grad-cam++, as 'network show' names it.",
        "Default: the last stage with 6 x 6 positions or more."
      })
  private @Nullable String layer;

  @Option(
      names = "--baseline",
      paramLabel = "B",
      defaultValue = "auto",
      description = {
        "Baseline of gradient-x-input and integrated-gradients: white, black, gray, mean, blur or"
            + " an image file.",
        "Default: auto, see below."
      })
  private String baseline = ReferenceGray.AUTO;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "50",
      description = "Steps of integrated-gradients. Default: 50.")
  private int steps = IntegratedGradients.DEFAULT_STEPS;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = {
        "Number of random samples. Default: 50 noisy copies (smoothgrad, vargrad), 2000 masks"
            + " (rise), 40 orders (shapley)."
      })
  private @Nullable Integer samples;

  @Mixin private final OcclusionOption occlusion = new OcclusionOption();

  /**
   * The settings for this classifier's pictures.
   *
   * @throws InvalidRequestException for what can't be, such as an unknown layer
   * @throws IOException when a baseline image can't be read
   */
  SaliencySettings on(Classifier classifier, long seed) throws IOException {
    InvalidRequestException.refuse(steps < 1, "--steps must be at least 1, was " + steps);
    InvalidRequestException.refuse(
        samples != null && samples < 4, "--samples must be at least 4, was " + samples);
    return new SaliencySettings(
        baselineImage(classifier.canvas()),
        steps,
        layer(classifier),
        samples == null ? NOISE : samples,
        samples == null ? MASKS : samples,
        // they come in pairs
        samples == null ? ORDERS : samples + samples % 2,
        occlusion.on(classifier.canvas()),
        seed);
  }

  private ReferenceGray baselineImage(Canvas canvas) throws IOException {
    if (ReferenceGray.isWord(baseline)) {
      return InvalidRequestException.check(() -> ReferenceGray.parse("--baseline", baseline));
    }
    Path file = Path.of(baseline);
    InvalidRequestException.refuse(
        !Files.exists(file),
        "--baseline must be auto, white, black, gray, mean, blur or an image file that there is, was '"
            + baseline
            + "'");
    GrayImage read = ImageFiles.readGray(file);
    return ReferenceGray.image(
        ImageSet.lastName(file), SaliencySettings.gray(Pictures.fitted(read, canvas)));
  }

  private String layer(Classifier classifier) {
    if (!(classifier instanceof FeatureClassifier features)) {
      return layer == null ? "" : layer;
    }
    String asked = layer;
    if (asked != null) {
      return InvalidRequestException.check(() -> known(features, asked));
    }
    return SaliencySettings.usualLayer(features);
  }

  private static String known(FeatureClassifier features, String layer) {
    try {
      features.shape(layer);
      return layer;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--layer: " + e.getMessage(), e);
    }
  }

  /** What a manifest says of them. */
  Map<String, Object> describe(SaliencySettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("baseline", baseline);
    map.put("steps", steps);
    map.put("layer", settings.layer());
    map.put("noisy_copies", settings.noisyCopies());
    map.put("masks", settings.masks());
    map.put("orders", settings.orders());
    map.putAll(settings.occlusion().describe());
    return map;
  }
}
