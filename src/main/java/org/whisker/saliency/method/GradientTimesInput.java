package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.BatchedMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/**
 * Gradient × input: {@code (x - baseline) · ∂logit/∂x} (Shrikumar et al., 2016, arXiv:1605.01713,
 * where the baseline is 0, black). Equals integrated gradients with a single step at the image
 * itself.
 *
 * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits. Sign: above 0, the pixel
 * raises the logit against the target relative to its baseline, to first order.
 *
 * @param baseline {@link Baseline#black()} for the published method, which attributes 0 to black
 *     pixels; {@link Baseline#white()} for black pixels on white
 */
public record GradientTimesInput(Baseline baseline)
    implements BatchedMethod<DifferentiableClassifier> {
  public static final Method METHOD =
      new Method(
          "gradient-x-input",
          Need.GRADIENTS,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_TARGET,
          "the gradient times (image − baseline)",
          set -> new GradientTimesInput(set.baseline()));

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
    return Optional.of(Attribution.of(METHOD, input.map(this)));
  }

  @Override
  public List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    List<float[]> gradients = InputGradient.gradients(classifier, pictures, batch);
    List<SaliencyMap> maps = new ArrayList<>(gradients.size());
    for (int i = 0; i < gradients.size(); i++) {
      float[] x = pictures.get(i).values();
      float[] zero = baseline.values(pictures.get(i));
      float[] values = gradients.get(i).clone();
      for (int p = 0; p < values.length; p++) {
        values[p] *= x[p] - zero[p];
      }
      maps.add(METHOD.map(classifier.canvas(), values));
    }
    return maps;
  }
}
