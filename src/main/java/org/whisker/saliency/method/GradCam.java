package org.whisker.saliency.method;

import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap.SignConvention;

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
public record GradCam(CamOptions cam) implements ActivationMapMethod {
  public static final Method METHOD =
      new Method(
          "grad-cam",
          Need.FEATURES,
          "logits",
          SignConvention.FEATURES_TOWARDS_NOT_TARGET,
          "a layer's feature maps, weighted by their mean gradients",
          set -> new GradCam(set.cam(CamOptions.Target.NOT_CAT)));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public double weight(Features features, int channel) {
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
