package org.whisker.saliency.method;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.BatchedMethod;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.Need;
import org.whisker.saliency.NoiseOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SignConvention;

/**
 * SmoothGrad (Smilkov et al., 2017, arXiv:1706.03825): the mean signed gradient over noisy copies
 * of the image; as Captum's {@code NoiseTunnel} of type {@code smoothgrad} around the signed
 * gradient.
 *
 * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits per full step from black
 * to white. Sign: as of {@link InputGradient}. Baseline: none.
 */
public record SmoothGrad(NoiseOptions noise) implements BatchedMethod<DifferentiableClassifier> {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "smoothgrad",
          Need.GRADIENTS,
          InputGradient.METHOD.unit(),
          SignConvention.WHITE_TOWARDS_NOT_CAT,
          "the mean gradient over noisy copies",
          set -> new SmoothGrad(set.noise()));

  public SmoothGrad {
    Objects.requireNonNull(noise, "noise");
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return noise.words();
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    return Optional.of(
        new Attribution.Builder(METHOD, input.map(this))
            .with(Diagnostic.SAMPLES, noise.samples())
            .build());
  }

  @Override
  public List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    return NoisyGradients.of(classifier, pictures, noise, batch).stream()
        .map(g -> METHOD.map(classifier.canvas(), g.mean()))
        .toList();
  }
}
