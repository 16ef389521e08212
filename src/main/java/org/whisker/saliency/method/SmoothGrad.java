package org.whisker.saliency.method;

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
  public static final Method METHOD =
      new Method(
          "smoothgrad",
          Need.GRADIENTS,
          InputGradient.METHOD.unit(),
          SignConvention.WHITE_TOWARDS_NOT_TARGET,
          "the mean gradient over noisy copies",
          set -> new SmoothGrad(set.noise()));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public float[] statistic(NoisyGradients gradients) {
    return gradients.mean();
  }

  /**
   * VarGrad (Adebayo et al., 2018, arXiv:1810.03307): the variance of the gradient over noisy
   * copies of the image, divided by the number of samples as in Captum's {@code NoiseTunnel} of
   * type {@code vargrad}.
   *
   * <p>Shape: one value per pixel of the classifier's canvas. Unit: squared logits per
   * black-to-white step. Sign: none, at least 0. Baseline: none.
   */
  public record VarGrad(NoiseOptions noise) implements NoisyGradientMethod {
    public static final Method METHOD =
        new Method(
            "vargrad",
            Need.GRADIENTS,
            "(" + InputGradient.METHOD.unit() + ")²",
            SignConvention.MAGNITUDE,
            "the variance of the gradient over noisy copies",
            set -> new VarGrad(set.noise()));

    @Override
    public Method method() {
      return METHOD;
    }

    @Override
    public float[] statistic(NoisyGradients gradients) {
      return gradients.variance();
    }
  }
}
