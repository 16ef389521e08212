package org.whisker.saliency.method;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.image.GrayImage;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Baseline;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.Need;
import org.whisker.saliency.NoiseOptions;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.SignConvention;

/**
 * GradientSHAP (Lundberg and Lee, 2017, arXiv:1705.07874; expected gradients, Erion et al., 2021,
 * arXiv:1906.10670), as Captum's {@code GradientShap} with one baseline: the mean over noisy copies
 * of the image of the gradient at a random place between baseline and copy, times their difference.
 *
 * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits. Sign: above 0, the pixel
 * raises the logit of not-cat relative to its baseline. The sum is about the difference of the
 * logits, up to noise and sampling.
 */
public record GradientShap(Baseline baseline, NoiseOptions noise) implements SaliencyMethod {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "gradient-shap",
          Need.GRADIENTS,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_CAT,
          "gradients at random places between baseline and noisy copies",
          set -> new GradientShap(set.baseline(), set.noise()));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "baseline " + baseline.name() + ", " + noise.words();
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    Inputs.checkSize(input.classifier(), input.picture().canvas());
    KeptClass kept = KeptClass.of(input, noise);
    double[] sum = sum(input, kept.noise());
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= noise.samples();
    }
    return Optional.of(
        new Attribution.Builder(METHOD, METHOD.map(input.picture().canvas(), sum))
            .with(Diagnostic.SAMPLES, noise.samples())
            .with(Diagnostic.NOISE, kept.noise().sigma())
            .with(Diagnostic.NOISY_P_CAT, kept.pCat())
            .build());
  }

  private double[] sum(MethodInput input, NoiseOptions used) {
    float[] from = baseline.values(input.picture());
    List<GrayImage> copies =
        IntStream.range(0, used.samples())
            .mapToObj(i -> NoisyGradients.noisy(input.picture(), used, i))
            .toList();
    double[] sum = new double[from.length];
    BatchedGradients.of(
        input.differentiable(),
        copies.size(),
        1,
        (copy, variant) -> BaselinePath.at(from, copies.get(copy), place(used.seed(), copy)),
        input.batch(),
        (copy, variant, gradient) -> {
          float[] to = copies.get(copy).values();
          for (int p = 0; p < sum.length; p++) {
            sum[p] += ((double) to[p] - from[p]) * gradient[p];
          }
        });
    return sum;
  }

  /** Of a sample, the place on its path: the same for every image and classifier. */
  static double place(long seed, int sample) {
    return SplitMix64.stream(seed, "gradient shap", sample).nextDouble();
  }
}
