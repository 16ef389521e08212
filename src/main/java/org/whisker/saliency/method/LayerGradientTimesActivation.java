package org.whisker.saliency.method;

import java.util.Optional;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/**
 * Layer gradient × activation, as Captum's {@code LayerGradientXActivation} summed over channels:
 * what each position of a layer adds to the logit, to first order and relative to features of 0.
 *
 * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid. Unit:
 * logits. Sign: above 0, the features there are evidence for not-cat.
 */
public record LayerGradientTimesActivation(CamOptions cam) implements LayerMapMethod {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "layer-gradient-x-activation",
          Need.FEATURES,
          "logits",
          SignConvention.FEATURES_TOWARDS_NOT_CAT,
          "a layer's feature maps times their gradients, position by position",
          set -> new LayerGradientTimesActivation(set.cam(CamOptions.Target.NOT_CAT)));

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
    return Optional.of(
        LayerMapMethod.sum(
            of.shape(), (c, y, x) -> (double) of.activation(c, y, x) * of.gradient(c, y, x)));
  }
}
