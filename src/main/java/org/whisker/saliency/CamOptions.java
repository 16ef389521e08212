package org.whisker.saliency;

import java.util.Objects;

/**
 * Options of a class activation map.
 *
 * @param layer whose feature maps are weighted; its name or that of its stage
 * @param relu whether negative values (evidence against the target) are set to 0
 */
public record CamOptions(String layer, Target target, boolean relu, Upsampling upsampling) {
  /** The score that is differentiated. The networks have a single logit, that of not-cat. */
  public enum Target {
    /** The logit itself: values above 0 are evidence against cat. */
    NOT_CAT(1, SignConvention.FEATURES_TOWARDS_NOT_CAT),
    /** The negated logit: values above 0 are evidence for cat. */
    CAT(-1, SignConvention.FEATURES_TOWARDS_CAT);

    private final int factor;
    private final SignConvention sign;

    Target(int factor, SignConvention sign) {
      this.factor = factor;
      this.sign = sign;
    }

    /** The factor of the logit, and thus of its gradient: 1 or −1. */
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

  /** The options in a few words, for a row of a table. */
  public String described() {
    return "layer " + layer + (upsampling == Upsampling.NEAREST ? "" : ", " + upsampling);
  }

  /** The logit itself, no ReLU, nearest-neighbour upsampling: Captum's defaults. */
  public static CamOptions at(String layer) {
    return new CamOptions(layer, Target.NOT_CAT, false, Upsampling.NEAREST);
  }
}
