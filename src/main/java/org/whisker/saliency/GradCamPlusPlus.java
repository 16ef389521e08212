package org.whisker.saliency;

import java.util.List;
import java.util.Objects;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Raster;
import org.whisker.network.FeatureShape;

/**
 * As {@link GradCam}, but a feature map's weight is the sum over its places of the target's
 * positive derivatives g, each times {@code g² / (2 g² + g³ ΣA) = 1 / (2 + g ΣA)}, with ΣA the sum
 * of the map (Chattopadhay et al., 2018, arXiv:1710.11063, equations 8 and 19, for the exponential
 * of the target as class score; the common factor exp(target) is left out).
 *
 * <p>Shape, grid, sign and baseline as of {@link GradCam}. Unit: logits, up to a factor that
 * differs from picture to picture, so compare places, not pictures. The layer must be one whose
 * maps don't sum below 0, such as after a ReLU: for others the weights have poles.
 */
public record GradCamPlusPlus(CamOptions options) implements SaliencyMethod<FeatureClassifier> {
  /** The method's name. */
  public static final String METHOD = "grad-cam++";

  public GradCamPlusPlus {
    Objects.requireNonNull(options, "options");
  }

  @Override
  public String name() {
    return METHOD;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if a feature map of the layer sums below 0
   */
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
    double total = total(features, channel);
    double sum = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        double g = options.target().factor() * features.gradient(channel, y, x);
        sum += g > 0 ? g / (2 + g * total) : 0;
      }
    }
    return sum;
  }

  private double total(Features features, int channel) {
    FeatureShape shape = features.shape();
    double total = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        total += features.activation(channel, y, x);
      }
    }
    if (!(total >= 0)) {
      throw new IllegalArgumentException(
          METHOD
              + " needs a layer after a ReLU; channel "
              + channel
              + " of "
              + options.layer()
              + " sums to "
              + total);
    }
    return total;
  }
}
