package org.whisker.saliency.method;

import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap.SignConvention;

/**
 * XGrad-CAM (Fu et al., 2020, arXiv:2008.02312), as in pytorch-grad-cam: as {@link GradCam}, but
 * the mean of a feature map's gradients is weighted by the map itself, {@code Σ g A / Σ A}, so that
 * the map adds up to the target where features of 0 give 0.
 *
 * <p>Shape, grid, unit, sign and baseline as of {@link GradCam}.
 */
record XGradCam(CamOptions cam) implements ActivationMapMethod {
  static final Method METHOD =
      new Method(
          "xgrad-cam",
          Need.FEATURES,
          "logits",
          SignConvention.FEATURES_TOWARDS_NOT_TARGET,
          "as grad-cam, weighted by gradients where a feature map is strong",
          set -> new XGradCam(set.cam(CamOptions.Target.NOT_CAT)));

  /** Of pytorch-grad-cam, for feature maps of 0. */
  private static final double EPSILON = 1e-7;

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public double weight(Features features, int channel) {
    FeatureShape shape = features.shape();
    double product = 0;
    double total = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        double active = features.activation(channel, y, x);
        product += active * features.gradient(channel, y, x);
        total += active;
      }
    }
    return cam.target().factor() * product / (total + EPSILON);
  }
}
