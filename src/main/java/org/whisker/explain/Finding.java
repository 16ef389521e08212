package org.whisker.explain;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.stats.Verdict;

/**
 * A hypothesis and how it fared.
 *
 * @param scope the model it was tested on, or the control
 * @param effect the estimate
 * @param low lower end of its 95 % interval; empty when the statistic has none
 * @param high upper end of it
 * @param quantity what the effect measures
 * @param p of the test, uncorrected
 * @param pCorrected after Holm's correction over all findings of the report
 * @param shareRemoved share of the edge bias that the intervention removes; empty when there was
 *     none to remove, or nothing was intervened on
 * @param runsNeeded runs (pairs) that would decide, where the verdict is undecided
 * @param sentence the verdict in words that the test allows
 */
public record Finding(
    Hypothesis hypothesis,
    String scope,
    double effect,
    OptionalDouble low,
    OptionalDouble high,
    Quantity quantity,
    double p,
    double pCorrected,
    Verdict verdict,
    OptionalDouble shareRemoved,
    OptionalLong runsNeeded,
    String sentence) {
  /** What an effect is measured in, with its null. */
  public enum Quantity {
    EDGE_INDEX("edge index E", 0.5, 0, 1),
    EDGE_INDEX_DIFFERENCE("ΔE", 0, -0.5, 0.5),
    RANK_CORRELATION("Spearman's ρ", 0, -1, 1),
    RANK_BISERIAL("rank-biserial r", 0, -1, 1);

    private final String label;
    private final double none;
    private final double least;
    private final double most;

    Quantity(String label, double none, double least, double most) {
      this.label = label;
      this.none = none;
      this.least = least;
      this.most = most;
    }

    public String label() {
      return label;
    }

    /** The value without an effect. */
    public double none() {
      return none;
    }

    /** The least value it can take (for ΔE, that is drawn). */
    public double least() {
      return least;
    }

    /** The greatest value it can take (for ΔE, that is drawn). */
    public double most() {
      return most;
    }
  }
}
