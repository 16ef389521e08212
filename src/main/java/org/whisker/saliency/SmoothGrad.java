package org.whisker.saliency;

import java.util.List;
import java.util.Objects;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;

/**
 * The mean of the signed gradient over noisy copies of the picture (Smilkov et al., 2017,
 * arXiv:1706.03825; Captum's {@code NoiseTunnel} of type {@code smoothgrad} around the signed
 * gradient).
 *
 * <p>Shape: one value a pixel of the classifier's canvas. Unit: logits per full step from black to
 * white. Sign: as of {@link InputGradient}. Baseline: none.
 */
public record SmoothGrad(NoiseOptions noise) implements SaliencyMethod<DifferentiableClassifier> {
  /** The method's name. */
  public static final String METHOD = "smoothgrad";

  public SmoothGrad {
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
                    classifier.canvas(),
                    g.mean(),
                    InputGradient.UNIT,
                    METHOD,
                    SignConvention.WHITE_TOWARDS_NOT_CAT))
        .toList();
  }
}
