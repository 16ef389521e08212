package org.whisker.saliency;

import java.util.List;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;

/**
 * The absolute value of the gradient by the gray values (Simonyan, Vedaldi and Zisserman, 2013,
 * arXiv:1312.6034; one channel, so there is no maximum over channels to take).
 *
 * <p>Shape: one value a pixel of the classifier's canvas. Unit: logits per full step from black to
 * white. Sign: none, never below 0. Baseline: none.
 */
public final class AbsoluteGradient implements SaliencyMethod<DifferentiableClassifier> {
  /** The method's name. */
  public static final String METHOD = "absolute-gradient";

  @Override
  public String name() {
    return METHOD;
  }

  @Override
  public List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    return InputGradient.of(classifier, pictures, batch).stream()
        .map(AbsoluteGradient::of)
        .toList();
  }

  private static SaliencyMap of(SaliencyMap signed) {
    float[] values = signed.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return new SaliencyMap(
        signed.canvas(), values, signed.unit(), METHOD, SignConvention.MAGNITUDE);
  }
}
