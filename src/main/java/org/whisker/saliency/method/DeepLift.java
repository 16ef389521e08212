package org.whisker.saliency.method;

import java.util.List;
import java.util.Optional;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;

/**
 * DeepLIFT with the rescale rule (Shrikumar, Greenside and Kundaje, 2017, arXiv:1704.02685), as
 * Captum's {@code DeepLift}: how the difference of the logits from those of a reference divides
 * over the pixels, layer by layer.
 *
 * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits. Sign: above 0, the pixel
 * raises the logit against the target relative to its baseline. The sum is logit(image) −
 * logit(baseline) but for layers that multiply what they read; {@link
 * Diagnostic#COMPLETENESS_ERROR} says by how much.
 */
public record DeepLift(Baseline baseline) implements SaliencyMethod {
  public static final Method METHOD =
      new Method(
          "deeplift",
          Need.RULES,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_TARGET,
          "the change of the logit from the baseline, divided layer by layer (rescale rule)",
          set -> new DeepLift(set.baseline()));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "baseline " + baseline.name();
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    Raster picture = input.picture();
    Inputs.checkSize(input.classifier(), picture.canvas());
    PlanarImage reference = PlanarImage.of(picture.canvas(), baseline.values(picture));
    float[] values = input.relevant().rescaled(List.of(picture), List.of(reference)).get(0);
    float[] logits = input.classifier().logits(List.of(picture, reference));
    SaliencyMap map = METHOD.map(picture.canvas(), values);
    double error = -((double) logits[0] - logits[1]);
    for (float value : values) {
      error += value;
    }
    return Optional.of(
        new Attribution.Builder(METHOD, map)
            .with(Diagnostic.BASELINE_LOGIT, logits[1])
            .with(Diagnostic.COMPLETENESS_ERROR, error)
            .build());
  }
}
