package org.whisker.saliency;

import java.util.List;
import java.util.Objects;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Raster;
import org.whisker.network.FeatureShape;

/**
 * A layer's feature maps added up, each weighted by the mean over its places of the target's
 * derivative by them (Selvaraju et al., 2017, arXiv:1610.02391; without their ReLU unless asked
 * for, as Captum's {@code LayerGradCam}).
 *
 * <p>Shape: one value a pixel of the classifier's canvas, spread from the layer's grid; {@link
 * #grids} gives it on the grid itself. Unit: logits, as for a target linear in each map's mean.
 * Sign: above 0, the features there speak for the {@linkplain CamOptions.Target target}, which is
 * not-cat by default. Baseline: features of 0.
 */
public record GradCam(CamOptions options) implements SaliencyMethod<FeatureClassifier> {
  /** The method's name. */
  public static final String METHOD = "grad-cam";

  public GradCam {
    Objects.requireNonNull(options, "options");
  }

  @Override
  public String name() {
    return METHOD;
  }

  @Override
  public List<SaliencyMap> maps(
      FeatureClassifier classifier, List<? extends Raster> pictures, int batch) {
    return grids(classifier, pictures, batch).stream()
        .map(map -> options.upsampling().apply(map, classifier.canvas()))
        .toList();
  }

  /** The maps on the layer's own grid. */
  public List<SaliencyMap> grids(
      FeatureClassifier classifier, List<? extends Raster> pictures, int batch) {
    return ActivationMaps.of(METHOD, options, this::weight, classifier, pictures, batch);
  }

  private double weight(Features features, int channel) {
    FeatureShape shape = features.shape();
    double sum = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        sum += features.gradient(channel, y, x);
      }
    }
    return options.target().factor() * sum / (shape.height() * shape.width());
  }
}
