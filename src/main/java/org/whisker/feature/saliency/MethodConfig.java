package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.feature.saliency.OcclusionConfig.OcclusionWindows;
import org.whisker.feature.saliency.OcclusionConfig.ReferenceGray;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.input.ImageSet;
import org.whisker.job.input.PictureSize;
import org.whisker.network.Network.FeatureShape;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Records;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.MethodSettings.ShapleyOptions;
import org.whisker.saliency.method.IntegratedGradients;

/**
 * What saliency methods are asked to be set to; each takes what it knows.
 *
 * @param baseline the baseline of gradient × input and integrated gradients: see {@link
 *     ReferenceGray#parse}, or the path of an image
 * @param occlusion how to occlude, and what a hidden place shows in any method
 */
public record MethodConfig(
    @Option(
            names = "--layer",
            label = "NAME",
            help = {
              "The layer of class activation maps and layer attributions, as 'network show' names"
                  + " it.",
              "Default: the last stage with 6 x 6 positions or more."
            })
        Optional<String> layer,
    @Option(
            parser = Upsample.class,
            names = "--upsample",
            label = "U",
            defaultValue = "nearest",
            help = {
              "How the map on such a layer's grid becomes one of pixels: nearest (a pixel has the"
                  + " value of its cell) or bilinear (between the cells' centres, as Captum's"
                  + " interpolate).",
              "It changes the map and all measures of it, not only its picture; the map on"
                  + " the grid is kept as well."
            })
        Optional<Upsampling> upsampling,
    @Option(
            names = "--baseline",
            label = "B",
            defaultValue = "auto",
            help = {
              "Baseline of gradient-x-input, integrated-gradients, gradient-shap, deeplift and"
                  + " layer-conductance: white, black, gray, mean, blur or an image file.",
              "Default: ${DEFAULT-VALUE}, see below."
            })
        String baseline,
    @Option(
            min = 1,
            names = "--steps",
            label = "N",
            defaultValue = "" + IntegratedGradients.DEFAULT_STEPS,
            help =
                "Steps of integrated-gradients, more until the map adds up within 1 %%, at most"
                    + " 16 times as many.")
        int steps,
    @Option(
            min = 4,
            names = "--samples",
            label = "N",
            help = {
              "Number of random samples. Default: 50 noisy copies (smoothgrad, vargrad,"
                  + " gradient-shap, smooth-NAME), 2000 masks (rise) or sets of regions (lime,"
                  + " kernel-shap), 40 orders (shapley)."
            })
        OptionalInt samples,
    @Option(
            min = 0,
            max = 1000,
            names = "--superpixels",
            label = "N",
            help = {
              "About how many superpixels lime and kernel-shap hide, by SLIC as scikit-image makes"
                  + " them; 0 for 7 x 7 squares. Default: 50 for photos, 0 for black pixels on"
                  + " white."
            })
        OptionalInt superpixels,
    @Option(
            min = 0,
            max = 1,
            names = "--noise",
            label = "SIGMA",
            help = {
              "Standard deviation of the noise of these noisy copies, in gray values (black to"
                  + " white is 1). Default: 0.15, halved until the noisy copies keep the class."
            })
        OptionalDouble noise,
    OcclusionConfig occlusion) {
  private static final int NOISE = 50;
  private static final int MASKS = 2000;
  private static final int ORDERS = 40;

  /** Reads a way to bring a grid to pixels. */
  static final class Upsample implements Option.Parser<Upsampling> {
    @Override
    public Upsampling parse(String text) {
      try {
        return Upsampling.parse(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--upsample " + e.getMessage(), e);
      }
    }
  }

  public MethodConfig {
    Options.check(
        MethodConfig.class,
        layer,
        upsampling,
        baseline,
        steps,
        samples,
        superpixels,
        noise,
        occlusion);
    if (ReferenceGray.isWord(baseline)) {
      ReferenceGray.parse("--baseline", baseline);
    }
  }

  public static MethodConfig standard() {
    return Options.of(MethodConfig.class).defaults();
  }

  /** Sets the windows of occlusion. */
  MethodConfig withOcclusion(OcclusionConfig other) {
    return Records.changed(this, MethodConfig::occlusion).to(other);
  }

  /** Sets how maps are brought from the layer's grid to pixels. */
  public MethodConfig withUpsampling(Upsampling other) {
    return Records.changed(this, MethodConfig::upsampling).to(Optional.of(other));
  }

  /**
   * The settings for this classifier's pictures.
   *
   * @param resize whether a baseline image of another size is resized
   * @throws InvalidRequestException for what can't be, such as an unknown layer
   * @throws IOException when a baseline image can't be read
   */
  SaliencySettings on(Classifier classifier, long seed, boolean resize) throws IOException {
    return new SaliencySettings(
        reference(PictureSize.of(classifier, resize)),
        steps,
        layerOf(classifier),
        upsampling.orElse(Upsampling.NEAREST),
        samples.orElse(NOISE),
        noise,
        samples.orElse(MASKS),
        superpixels,
        // they come in pairs
        samples.isPresent() ? samples.getAsInt() + samples.getAsInt() % 2 : ORDERS,
        occlusion.on(classifier.canvas()),
        seed);
  }

  /**
   * The settings for one picture, as a saliency job would choose them.
   *
   * @param tones those that the picture is painted in; black on white for a photo
   * @throws InvalidRequestException for what can't be, such as an unknown layer
   * @throws IOException when a baseline image can't be read
   */
  public MethodSettings settings(Classifier classifier, Raster picture, Tones tones, long seed)
      throws IOException {
    return on(classifier, seed, false).of(picture, tones);
  }

  private ReferenceGray reference(PictureSize size) throws IOException {
    if (ReferenceGray.isWord(baseline)) {
      return ReferenceGray.parse("--baseline", baseline);
    }
    Path file = Path.of(baseline);
    InvalidRequestException.refuse(
        !Files.exists(file),
        "--baseline must be auto, white, black, gray, mean, blur or an image file that there is,"
            + " was '"
            + baseline
            + "'");
    Raster image = size.read(file);
    InvalidRequestException.refuse(
        !size.resize() && size.isResized(image),
        "--baseline %s is %s, the model takes %s; give one of that size, or %s"
            .formatted(file, image.canvas(), size.canvas(), PictureSize.OPTION));
    return ReferenceGray.image(
        ImageSet.lastName(file), PlanarImage.from(PictureSize.fitted(image, size.canvas())));
  }

  private String layerOf(Classifier classifier) {
    if (!(classifier instanceof FeatureClassifier features)) {
      return layer.orElse("");
    }
    return layer
        .map(asked -> InvalidRequestException.check(() -> known(features, asked)))
        .orElseGet(() -> SaliencySettings.usualLayer(features));
  }

  private static String known(FeatureClassifier features, String layer) {
    try {
      features.shape(layer);
      return layer;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--layer: " + e.getMessage(), e);
    }
  }

  /** What a manifest says of them, settled for a classifier. */
  Map<String, Object> describe(SaliencySettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("baseline", baseline);
    map.put("steps", steps);
    map.put("layer", settings.layer());
    if (settings.upsampling() != Upsampling.NEAREST) {
      map.put("upsampling", settings.upsampling().toString());
    }
    map.put("noisy_copies", settings.noisyCopies());
    map.put("masks", settings.masks());
    superpixels.ifPresent(number -> map.put("superpixels", number));
    map.put("orders", settings.orders());
    map.putAll(settings.occlusion().describe());
    return map;
  }

  /** What methods are set to for any picture; what depends on the picture is still open. */
  record SaliencySettings(
      ReferenceGray baseline,
      int steps,
      String layer,
      Upsampling upsampling,
      int noisyCopies,
      OptionalDouble noise,
      int masks,
      OptionalInt superpixels,
      int orders,
      OcclusionWindows occlusion,
      long seed) {
    /** A map of fewer places is a few squares. */
    private static final int PLACES = 6;

    private static final double SIGMA = 0.15;
    private static final int CELLS = 7;
    private static final int SUPERPIXELS = 50;

    MethodSettings of(Raster picture, Tones tones) {
      Tone background = tones.background();
      Fill fill = occlusion.fill().fill(picture, background);
      return new MethodSettings(
          baseline.baseline(picture, background),
          QuadratureSteps.from(steps),
          noiseOptions(),
          layer,
          upsampling,
          occlusion.options(picture, background),
          occlusion.verified(),
          seed,
          new RiseOptions(masks, CELLS, 0.5, fill, seed, superpixels(picture)),
          new ShapleyOptions(orders, seed));
    }

    /** Regions of a few black pixels would say nothing of the white between them. */
    private int superpixels(Raster picture) {
      return superpixels.orElse(Inputs.blackOnWhite(picture).isPresent() ? 0 : SUPERPIXELS);
    }

    private NoiseOptions noiseOptions() {
      return noise.isPresent()
          ? new NoiseOptions(noisyCopies, noise.getAsDouble(), seed)
          : new NoiseOptions(noisyCopies, SIGMA, seed).keepingClass();
    }

    /**
     * The last stage with enough places; if none has, the last of those with most. Tokens that the
     * head reads stand for themselves: methods of maps then say why they have none.
     */
    static String usualLayer(FeatureClassifier classifier) {
      List<String> stages = classifier.stages();
      String best = stages.get(stages.size() - 1);
      if (!classifier.hasPlaces(best)) {
        return best;
      }
      int most = 0;
      for (int i = stages.size() - 1; i >= 0; i--) {
        FeatureShape shape = classifier.shape(stages.get(i));
        int side = Math.min(shape.width(), shape.height());
        if (side >= PLACES) {
          return stages.get(i);
        }
        if (side > most) {
          most = side;
          best = stages.get(i);
        }
      }
      return best;
    }
  }
}
