package org.whisker.saliency;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The options of all methods for one image; each method uses its own.
 *
 * @param baseline for gradient × input, integrated gradients, DeepLIFT, GradientSHAP and
 *     conductance
 * @param steps of integrated gradients
 * @param noise for SmoothGrad, VarGrad, GradientSHAP and means of other methods
 * @param layer for class activation maps and layer attributions
 * @param upsampling of these maps
 * @param verified number of occlusion windows to verify by full passes; 0 for none
 */
public record MethodSettings(
    Baseline baseline,
    QuadratureSteps steps,
    NoiseOptions noise,
    String layer,
    Upsampling upsampling,
    OcclusionOptions occlusion,
    int verified,
    long seed,
    RiseOptions rise,
    ShapleyOptions shapley) {
  public MethodSettings {
    Objects.requireNonNull(baseline, "baseline");
    Objects.requireNonNull(steps, "steps");
    Objects.requireNonNull(noise, "noise");
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(upsampling, "upsampling");
    Objects.requireNonNull(occlusion, "occlusion");
    Inputs.atLeast(0, "windows to verify", verified);
    Objects.requireNonNull(rise, "rise");
    Objects.requireNonNull(shapley, "shapley");
  }

  /**
   * With the noise and the steps that a map came to use, instead of those that another image or
   * network would be given: maps are compared only if they are made alike.
   */
  public MethodSettings asUsedBy(Attribution made) {
    OptionalDouble sigma = made.diagnostic(Diagnostic.NOISE);
    OptionalDouble taken = made.diagnostic(Diagnostic.STEPS);
    return new MethodSettings(
        baseline,
        taken.isPresent() ? QuadratureSteps.fixed((int) taken.getAsDouble()) : steps,
        sigma.isPresent() ? noise.fixedAt(sigma.getAsDouble()) : noise,
        layer,
        upsampling,
        occlusion,
        verified,
        seed,
        rise,
        shapley);
  }

  public CamOptions cam(CamOptions.Target target) {
    return new CamOptions(layer, target, false, upsampling);
  }
}
