package org.whisker.saliency;

import java.util.List;
import java.util.Objects;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;

/**
 * The variance of the gradient over noisy copies of the picture (Adebayo et al., 2018,
 * arXiv:1810.03307; Captum's {@code NoiseTunnel} of type {@code vargrad}, which divides by the
 * number of samples).
 *
 * <p>Shape: one value a pixel of the classifier's canvas. Unit: squared logits per black-to-white
 * step. Sign: none, never below 0. Baseline: none.
 */
public record VarGrad(NoiseOptions noise) implements SaliencyMethod<DifferentiableClassifier> {
  /** The method's name. */
  public static final String METHOD = "vargrad";

  static final String UNIT = "(" + InputGradient.UNIT + ")²";

  public VarGrad {
    Objects.requireNonNull(noise, "noise");
  }

  @Override
  public String name() {
    return METHOD;
  }

  @Override
  public List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    return NoisyGradients.of(classifier, pictures, noise, batch).stream()
        .map(
            g ->
                new SaliencyMap(
                    classifier.canvas(), g.variance(), UNIT, METHOD, SignConvention.MAGNITUDE))
        .toList();
  }
}
