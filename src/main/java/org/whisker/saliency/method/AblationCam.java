package org.whisker.saliency.method;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap.SignConvention;

/**
 * Ablation-CAM (Desai and Ramaswamy, 2020, doi:10.1109/WACV45572.2020.9093360): a layer's feature
 * maps, each weighted by what the logit of cat loses without it. The loss is divided by the logit's
 * size, as in pytorch-grad-cam, where a logit below 0 turns the map's sign.
 *
 * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid. Unit:
 * that of the layer's features. Sign: above 0, the features there speak for cat. Scores as many
 * images as the layer has channels.
 */
record AblationCam(CamOptions cam) implements LayerMapMethod {
  static final Method METHOD =
      new Method(
          "ablation-cam",
          Need.FEATURES,
          "features",
          SignConvention.FEATURES_TOWARDS_TARGET,
          "a layer's feature maps, weighted by what the logit loses without each",
          set -> new AblationCam(set.cam(CamOptions.Target.CAT)));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return cam.described();
  }

  @Override
  public Optional<double[]> grid(MethodInput input) {
    Features of = features(input, input.picture());
    int channels = of.shape().channels();
    double logit = BatchedGradients.logits(input.classifier(), List.of(input.picture()), 1)[0];
    double[] weights = new double[channels];
    for (int from = 0; from < channels; from += input.batch()) {
      if (input.stopped().getAsBoolean()) {
        return Optional.empty();
      }
      int to = Math.min(channels, from + input.batch());
      float[] without =
          input
              .features()
              .without(cam.layer(), input.picture(), IntStream.range(from, to).toArray());
      for (int c = from; c < to; c++) {
        weights[c] = logit == 0 ? 0 : (without[c - from] - logit) / Math.abs(logit);
      }
      input.progress().accept(to);
    }
    return Optional.of(
        LayerMapMethod.sum(of.shape(), (c, y, x) -> weights[c] * of.activation(c, y, x)));
  }
}
