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
 * Grad-CAM (Selvaraju et al., 2017, arXiv:1610.02391): the sum of a layer's feature maps, each
 * weighted by the spatial mean of the target's gradient with respect to it; without the paper's
 * ReLU by default, as in Captum's {@code LayerGradCam}.
 *
 * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid; {@link
 * #grids} gives the map on the grid. Unit: logits (exact for a target linear in the means of the
 * maps). Sign: values above 0 are evidence for the {@linkplain CamOptions.Target target}, which is
 * not-cat by default. Baseline: all features 0.
 */
public record GradCam(CamOptions cam) implements BatchedMethod<FeatureClassifier> {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "grad-cam",
          Need.FEATURES,
          "logits",
          SignConvention.FEATURES_TOWARDS_NOT_CAT,
          "a layer's feature maps, weighted by their mean gradients",
          set -> new GradCam(set.cam(CamOptions.Target.NOT_CAT)));

  public GradCam {
    Objects.requireNonNull(cam, "cam");
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "layer " + cam.layer();
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    SaliencyMap grid = grids(input.features(), List.of(input.picture()), input.batch()).get(0);
    SaliencyMap map = cam.upsampling().apply(grid, input.classifier().canvas());
    return Optional.of(new Attribution.Builder(METHOD, map).with("grid", grid).build());
  }

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
    double sum = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        sum += features.gradient(channel, y, x);
      }
    }
    return cam.target().factor() * sum / (shape.height() * shape.width());
  }
}
