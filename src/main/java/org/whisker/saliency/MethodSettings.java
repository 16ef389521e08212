package org.whisker.saliency;

import java.util.Objects;

/**
 * The options of all methods for one image; each method uses its own.
 *
 * @param baseline for gradient × input and integrated gradients
 * @param steps of integrated gradients, at least 1
 * @param noise for SmoothGrad and VarGrad
 * @param layer for Grad-CAM and Grad-CAM++
 * @param upsampling of the maps of these two
 * @param verified number of occlusion windows to verify by full passes; 0 for none
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
