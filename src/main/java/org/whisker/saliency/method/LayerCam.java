package org.whisker.saliency.method;

import java.util.Optional;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap.SignConvention;

/**
 * LayerCAM (Jiang et al., 2021, doi:10.1109/TIP.2021.3089943), as in pytorch-grad-cam: each
 * position of a feature map weighted by its own gradient of the target where that is above 0. It
 * keeps its places in early layers, which have more of them.
 *
 * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid. Unit:
 * logits. Sign: above 0, the features there are evidence for cat; below 0 only where features are.
 */
record LayerCam(CamOptions cam) implements LayerMapMethod {
  static final Method METHOD =
      new Method(
          "layer-cam",
          Need.FEATURES,
          "logits",
          SignConvention.FEATURES_TOWARDS_TARGET,
          "a layer's feature maps, weighted at each position by what there is for the target",
          set -> new LayerCam(set.cam(CamOptions.Target.CAT)));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return cam.described() + ", what speaks for cat";
  }

  @Override
  public Optional<double[]> grid(MethodInput input) {
    Features of = features(input, input.picture());
    int factor = cam.target().factor();
    return Optional.of(
        LayerMapMethod.sum(
            of.shape(),
            (c, y, x) ->
                Math.max(0, factor * (double) of.gradient(c, y, x)) * of.activation(c, y, x)));
  }
}
