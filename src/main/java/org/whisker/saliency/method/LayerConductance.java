package org.whisker.saliency.method;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.MethodInput;
import org.whisker.saliency.method.IntegratedGradients.BaselinePath;
import org.whisker.saliency.method.IntegratedGradients.GaussLegendre;

/**
 * Layer conductance (Dhamdhere, Sundararajan and Yan, 2018, arXiv:1805.12233), as Captum's {@code
 * LayerConductance} summed over channels: integrated gradients as they flow through a layer. Along
 * the path from the baseline to the image (nodes of a Gauss–Legendre quadrature), the gradient with
 * respect to the layer times the layer's change until the next node.
 *
 * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid. Unit:
 * logits. Sign: above 0, the change of the features there is evidence for not-cat. On the grid, the
 * sum is about logit(image) − logit(baseline).
 *
 * @param steps intervals on the path, at least 1
 */
public record LayerConductance(CamOptions cam, Baseline baseline, int steps)
    implements LayerMapMethod {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "layer-conductance",
          Need.FEATURES,
          "logits",
          SignConvention.FEATURES_TOWARDS_NOT_CAT,
          "integrated gradients as they flow through a layer",
          set ->
              new LayerConductance(
                  set.cam(CamOptions.Target.NOT_CAT), set.baseline(), set.steps().first()));

  public LayerConductance {
    Inputs.atLeast(1, "steps", steps);
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return String.format(
        Locale.ROOT, "%s, baseline %s, %d steps", cam.described(), baseline.name(), steps);
  }

  @Override
  public Optional<double[]> grid(MethodInput input) {
    GaussLegendre rule = new GaussLegendre(steps + 1);
    float[] from = baseline.values(input.picture());
    @Nullable Features before = null;
    double[] sum = new double[0];
    for (int i = 0; i <= steps; i++) {
      if (input.stopped().getAsBoolean()) {
        return Optional.empty();
      }
      Features here = features(input, BaselinePath.at(from, input.picture(), rule.node(i)));
      if (before != null) {
        sum = i == 1 ? flow(before, here) : added(sum, flow(before, here));
      }
      before = here;
    }
    return Optional.of(sum);
  }

  private static double[] flow(Features from, Features to) {
    return LayerMapMethod.sum(
        from.shape(),
        (c, y, x) ->
            (double) from.gradient(c, y, x) * (to.activation(c, y, x) - from.activation(c, y, x)));
  }

  private static double[] added(double[] sum, double[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
    return sum;
  }
}
