package org.whisker.saliency.method;

import java.util.List;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.BatchedMethod;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.NoiseOptions;
import org.whisker.saliency.SaliencyMap;

/** A statistic of the gradient over noisy copies of the picture. */
sealed interface NoisyGradientMethod extends BatchedMethod<DifferentiableClassifier>
    permits SmoothGrad, VarGrad {
  /** How much noise, and how many copies. */
  NoiseOptions noise();

  /** The statistic, a value a pixel. */
  float[] statistic(NoisyGradients gradients);

  @Override
  default String options() {
    return noise().words();
  }

  @Override
  default Optional<Attribution> explain(MethodInput input) {
    DifferentiableClassifier classifier = input.differentiable();
    KeptClass kept = KeptClass.of(input, noise());
    NoiseOptions used = kept.noise();
    NoisyGradients gradients =
        NoisyGradients.of(classifier, List.of(input.picture()), used, input.batch()).get(0);
    return Optional.of(
        new Attribution.Builder(method(), method().map(classifier.canvas(), statistic(gradients)))
            .with(Diagnostic.SAMPLES, used.samples())
            .with(Diagnostic.NOISE, used.sigma())
            .with(Diagnostic.NOISY_P_CAT, kept.pCat())
            .build());
  }

  @Override
  default List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    return NoisyGradients.of(classifier, pictures, noise(), batch).stream()
        .map(gradients -> method().map(classifier.canvas(), statistic(gradients)))
        .toList();
  }
}
