package org.whisker.explain;

import java.util.List;

/**
 * The pre-specified comparison that decides a hypothesis in a report: one per hypothesis, so that
 * the correction is over hypotheses rather than arms.
 *
 * @param hypothesis id of the hypothesis
 * @param experiment id of the experiment
 * @param comparison name of the treatment or observation; if {@code any} is set, the prefix of
 *     their names
 * @param any whether the most significant of several counts, with p corrected for the others
 */
public record DecisiveComparison(
    String hypothesis, String experiment, String comparison, boolean any) {
  private static final List<DecisiveComparison> ALL =
      List.of(
          one("geometry", "geometry", "evolved"),
          one("uniformity", "uniformity", "density by blocks"),
          new DecisiveComparison("sides", "sides", "left half|top half", true),
          one("operators", "operators", "flat-rectangle"),
          one("search", "search", "stronger, less rolled"),
          // the intervention of the original question: held to the centre, then released
          one("founders", "regions", "centre-first"),
          one("safe-harbour", "safe-harbour", "own-refund \u2212 shuffled-refund"),
          one("landscape", "landscape", "evidence of the pixel alone within rings"),
          // the only padding under which every position is alike
          one("padding", "padding", "circular"),
          one("background", "background", "black"),
          one("canvas-border", "canvas-border", "margin, less rolled"),
          one("training-centre", "training-position", "shifted"),
          one("foveation", "foveation", "paths within rings"),
          one("receptive-field", "receptive-field", "trained"),
          one("learned-field", "receptive-field", "trained weights"),
          one("location-tied", "location-tied", "rolled by the stride"),
          new DecisiveComparison("stride-parity", "stride-parity", "x modulo|y modulo", true),
          one("head", "head", "pooled"),
          one("resize", "resize", "half-bilinear, less rolled"));

  private static DecisiveComparison one(String hypothesis, String experiment, String comparison) {
    return new DecisiveComparison(hypothesis, experiment, comparison, false);
  }

  /** All decisive comparisons, one per hypothesis, in the order of the table. */
  public static List<DecisiveComparison> all() {
    return ALL;
  }

  /** Whether the comparison of this name or label is selected. */
  public boolean matches(String name) {
    return any
        ? List.of(comparison.split("\\|", -1)).stream().anyMatch(name::startsWith)
        : name.equals(comparison);
  }
}
