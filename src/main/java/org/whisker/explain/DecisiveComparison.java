package org.whisker.explain;

import java.util.List;

/**
 * Which comparison of which experiment decides a hypothesis in a report: fixed beforehand, one a
 * hypothesis, so that the correction is over hypotheses and not over arms.
 *
 * @param hypothesis its id
 * @param experiment the experiment's
 * @param comparison name of the treatment or of what is observed; where the hypothesis is about any
 *     of several, what their names begin with, and {@code any} is set
 * @param any whether the clearest of them counts, its p corrected for the others
 */
public record DecisiveComparison(
    String hypothesis, String experiment, String comparison, boolean any) {
  private static final List<DecisiveComparison> ALL =
      List.of(
          one("geometry", "geometry", "evolved"),
          one("operators", "operators", "flat-rectangle"),
          // the question's own run: held to the middle, then released
          one("founders", "regions", "centre-first"),
          one("safe-harbour", "safe-harbour", "no-penalty"),
          one("landscape", "landscape", "evidence of the pixel alone"),
          one("padding", "padding", "replicate"),
          one("background", "background", "black"),
          one("canvas-border", "canvas-border", "m8"),
          one("training-centre", "training-position", "shifted"),
          one("foveation", "foveation", "paths from the pixel"),
          one("receptive-field", "receptive-field", "trained"),
          one("location-tied", "location-tied", "rolled elsewhere"),
          new DecisiveComparison("stride-parity", "stride-parity", "x modulo|y modulo", true),
          one("head", "head", "pooled"),
          one("resize", "resize", "half-bilinear"));

  private static DecisiveComparison one(String hypothesis, String experiment, String comparison) {
    return new DecisiveComparison(hypothesis, experiment, comparison, false);
  }

  /** One for each hypothesis, in the order of the table. */
  public static List<DecisiveComparison> all() {
    return ALL;
  }

  /** Whether a comparison of that name is the one, or among them. */
  boolean matches(String name) {
    return any
        ? List.of(comparison.split("\\|", -1)).stream().anyMatch(name::startsWith)
        : name.equals(comparison);
  }
}
