package org.whisker.saliency.method;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Raster;
import org.whisker.network.FeatureShape;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.BatchedMethod;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.Need;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SignConvention;

/**
 * Grad-CAM++: as {@link GradCam}, but the weight of a feature map is the sum over its positions of
 * the positive derivatives g of the target, each times {@code g² / (2 g² + g³ ΣA) = 1 / (2 + g
 * ΣA)}, where ΣA is the sum of the map (Chattopadhay et al., 2018, arXiv:1710.11063, equations 8
 * and 19, with the exponential of the target as class score; the common factor exp(target) is
 * omitted).
 *
 * <p>Shape, grid, sign and baseline as of {@link GradCam}. Unit: logits, up to a factor that
 * differs between images, so values are comparable within a map only. The sums of the layer's maps
 * must not be negative (for instance after a ReLU), otherwise the weights have poles.
 */
public record GradCamPlusPlus(CamOptions cam) implements BatchedMethod<FeatureClassifier> {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "grad-cam++",
          Need.FEATURES,
          "logits",
          SignConvention.FEATURES_TOWARDS_CAT,
          "as grad-cam, weighted by the positive derivatives of the target",
          set -> new GradCamPlusPlus(set.cam(CamOptions.Target.CAT)));

  public GradCamPlusPlus {
    Objects.requireNonNull(cam, "cam");
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "layer " + cam.layer() + ", what speaks for cat";
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    SaliencyMap grid = grids(input.features(), List.of(input.picture()), input.batch()).get(0);
    SaliencyMap map = cam.upsampling().apply(grid, input.classifier().canvas());
    return Optional.of(new Attribution.Builder(METHOD, map).with("grid", grid).build());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if a feature map of the layer has a negative sum
   */
  @Override
  public List<SaliencyMap> maps(
      FeatureClassifier classifier, List<? extends Raster> pictures, int batch) {
    return grids(classifier, pictures, batch).stream()
        .map(map -> cam.upsampling().apply(map, classifier.canvas()))
        .toList();
  }

  /** The maps on the layer's grid, before upsampling. */
  public List<SaliencyMap> grids(
      FeatureClassifier classifier, List<? extends Raster> pictures, int batch) {
    return ActivationMaps.of(METHOD.label(), cam, this::weight, classifier, pictures, batch);
  }

  private double weight(Features features, int channel) {
    FeatureShape shape = features.shape();
    double total = total(features, channel);
    double sum = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        double g = cam.target().factor() * features.gradient(channel, y, x);
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
          METHOD.label()
              + " needs a layer after a ReLU; channel "
              + channel
              + " of "
              + cam.layer()
              + " sums to "
              + total);
    }
    return total;
  }
}
