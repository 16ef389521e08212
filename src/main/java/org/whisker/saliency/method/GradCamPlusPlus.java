package org.whisker.saliency.method;

import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.value.Text;

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
public record GradCamPlusPlus(CamOptions cam) implements ActivationMapMethod {
  public static final Method METHOD =
      new Method(
          "grad-cam++",
          Need.FEATURES,
          "logits",
          SignConvention.FEATURES_TOWARDS_TARGET,
          "as grad-cam, weighted by the positive derivatives of the target",
          set -> new GradCamPlusPlus(set.cam(CamOptions.Target.CAT)));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return cam.described() + ", what speaks for cat";
  }

  /**
   * {@inheritDoc}
   *
   * @throws NoMapException if the sum of the feature map is negative
   */
  @Override
  public double weight(Features features, int channel) {
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
      throw new NoMapException(
          Text.of(
              "%s needs a layer after a ReLU; channel %d of %s sums to %.2g",
              METHOD.label(), channel, cam.layer(), total));
    }
    return total;
  }
}
