package org.whisker.saliency.method;

import java.util.List;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.BatchedMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/**
 * Absolute gradient with respect to the gray values (Simonyan, Vedaldi and Zisserman, 2013,
 * arXiv:1312.6034; with one channel, no maximum over channels is needed).
 *
 * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits per full step from black
 * to white. Sign: none, at least 0. Baseline: none.
 */
public final class AbsoluteGradient implements BatchedMethod<DifferentiableClassifier> {
  public static final Method METHOD =
      new Method(
          "absolute-gradient",
          Need.GRADIENTS,
          InputGradient.METHOD.unit(),
          SignConvention.MAGNITUDE,
          "magnitude of the gradient, unsigned",
          set -> new AbsoluteGradient());

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    return Optional.of(Attribution.of(METHOD, input.map(this)));
  }

  @Override
  public List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    return InputGradient.gradients(classifier, pictures, batch).stream()
        .map(gradient -> METHOD.map(classifier.canvas(), absolute(gradient)))
        .toList();
  }

  private static float[] absolute(float[] signed) {
    float[] values = new float[signed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(signed[i]);
    }
    return values;
  }
}
