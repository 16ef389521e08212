package org.whisker.saliency.method;

import java.util.Objects;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.NoisyGradients.NoisyGradientMethod;

/**
 * SmoothGrad (Smilkov et al., 2017, arXiv:1706.03825): the mean signed gradient over noisy copies
 * of the image; as Captum's {@code NoiseTunnel} of type {@code smoothgrad} around the signed
 * gradient.
 *
 * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits per full step from black
 * to white. Sign: as of {@link InputGradient}. Baseline: none.
 */
public record SmoothGrad(NoiseOptions noise) implements NoisyGradientMethod {
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
  public float[] statistic(NoisyGradients gradients) {
    return gradients.mean();
  }
}
