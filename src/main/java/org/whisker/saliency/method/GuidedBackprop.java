package org.whisker.saliency.method;

import java.util.List;
import java.util.Optional;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;

/**
 * Guided backpropagation (Springenberg et al., 2014, arXiv:1412.6806), as Captum's {@code
 * GuidedBackprop} of cat: the gradient, of which each ReLU passes back only what is above 0. It
 * shows edges that the network reads, and knows little of the class (Adebayo et al., 2018,
 * arXiv:1810.03292).
 *
 * <p>Shape: one value per pixel of the classifier's canvas, of colours their sum. Unit: logits per
 * full step from black to white. Sign: above 0, a lighter pixel is evidence for cat.
 */
record GuidedBackprop() implements SaliencyMethod {
  static final Method METHOD =
      new Method(
          "guided-backprop",
          Need.RULES,
          "logits per black-to-white step",
          SignConvention.WHITE_TOWARDS_TARGET,
          "the gradient, of which ReLUs pass back only what is above 0",
          set -> new GuidedBackprop());

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    return Optional.of(Attribution.of(METHOD, METHOD.map(input.picture().canvas(), values(input))));
  }

  private static float[] values(MethodInput input) {
    Raster picture = input.picture();
    Inputs.checkSize(input.classifier(), picture.canvas());
    return input.relevant().guided(List.of(picture)).get(0);
  }

  /**
   * Guided Grad-CAM (Selvaraju et al., 2017, arXiv:1610.02391), as Captum's {@code GuidedGradCam}:
   * guided backpropagation times what is above 0 of the map of Grad-CAM.
   *
   * <p>Shape and sign: as of guided backpropagation. Unit: the product of both units.
   */
  record GuidedGradCam(CamOptions cam) implements SaliencyMethod {
    static final Method METHOD =
        new Method(
            "guided-grad-cam",
            Need.RULES,
            "logits² per black-to-white step",
            SignConvention.WHITE_TOWARDS_TARGET,
            "guided backprop, where grad-cam speaks for the class",
            set -> new GuidedGradCam(set.cam(CamOptions.Target.CAT)));

    @Override
    public Method method() {
      return METHOD;
    }

    @Override
    public String options() {
      return cam.described();
    }

    @Override
    public Optional<Attribution> explain(MethodInput input) {
      Inputs.checkSize(input.classifier(), input.picture().canvas());
      float[] values = values(input);
      return new GradCam(cam)
          .explain(input)
          .map(found -> METHOD.map(input.picture().canvas(), product(values, found.map())))
          .map(map -> Attribution.of(METHOD, map));
    }

    private static float[] product(float[] values, SaliencyMap cam) {
      float[] product = new float[values.length];
      for (int i = 0; i < product.length; i++) {
        product[i] = values[i] * Math.max(0, cam.at(i));
      }
      return product;
    }
  }
}
