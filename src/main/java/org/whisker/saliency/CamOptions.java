package org.whisker.saliency;

import java.util.Objects;

/**
 * How a class activation map is made.
 *
 * @param layer whose feature maps are weighted, by its name or its stage's
 * @param relu whether what speaks against the target is set to 0
 */
public record CamOptions(String layer, Target target, boolean relu, Upsampling upsampling) {
  /** What the map speaks for. The networks have one logit, that of not-cat. */
  public enum Target {
    /** The logit as it is: above 0, the features there speak against cat. */
    NOT_CAT(1, SignConvention.FEATURES_TOWARDS_NOT_CAT),
    /** The negative of the logit: above 0, the features there speak for cat. */
    CAT(-1, SignConvention.FEATURES_TOWARDS_CAT);

    private final int factor;
    private final SignConvention sign;

    Target(int factor, SignConvention sign) {
      this.factor = factor;
      this.sign = sign;
    }

    /** What the logit, and so its gradient, is multiplied by. */
    public int factor() {
      return factor;
    }

    public SignConvention sign() {
      return sign;
    }
  }

  public CamOptions {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(upsampling, "upsampling");
  }

  /** For the logit as it is, both signs kept, nearest cell: Captum's defaults. */
  public static CamOptions at(String layer) {
    return new CamOptions(layer, Target.NOT_CAT, false, Upsampling.NEAREST);
  }
}
