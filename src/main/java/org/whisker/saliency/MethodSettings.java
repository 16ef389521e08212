package org.whisker.saliency;

import java.util.Objects;

/**
 * What all methods are set to for one picture; each takes what it knows.
 *
 * @param baseline of gradient × input and integrated gradients
 * @param steps of integrated gradients, at least 1
 * @param noise of SmoothGrad and VarGrad
 * @param layer of Grad-CAM and Grad-CAM++
 * @param upsampling of theirs
 * @param verified how many windows of the occlusion to score again in full; 0 for none
 */
public record MethodSettings(
    Baseline baseline,
    int steps,
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
    Inputs.atLeast(1, "steps", steps);
    Objects.requireNonNull(noise, "noise");
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(upsampling, "upsampling");
    Objects.requireNonNull(occlusion, "occlusion");
    Inputs.atLeast(0, "windows to verify", verified);
    Objects.requireNonNull(rise, "rise");
    Objects.requireNonNull(shapley, "shapley");
  }

  public CamOptions cam(CamOptions.Target target) {
    return new CamOptions(layer, target, false, upsampling);
  }
}
