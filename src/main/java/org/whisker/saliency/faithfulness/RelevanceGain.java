package org.whisker.saliency.faithfulness;

import java.util.Objects;
import java.util.Optional;

/**
 * Symmetric relevance gain (Blücher, Vielhaben and Strodthoff, 2024, arXiv:2401.06654): the area
 * between the curves for deletion of the most and of the least relevant pixels first. The effect of
 * deletion in any order, since perturbed images are out of distribution, cancels: a random order
 * has an expected gain of 0, and the reversed map the opposite gain.
 *
 * @param logit area between the curves of the logit of not-cat; above 0 is better
 * @param cat likewise of p(cat), also above 0 if better
 * @param rolled the gain in logits compared with that of the shifted map; empty without shifts
 */
public record RelevanceGain(double logit, double cat, Optional<RolledNull> rolled) {
  public RelevanceGain {
    Objects.requireNonNull(rolled, "rolled");
    if (!Double.isFinite(logit + cat)) {
      throw new IllegalArgumentException("a gain is finite, was " + logit + " and " + cat);
    }
  }

  /**
   * Computes the gain from both curves: insertion read backwards is deletion of the least relevant
   * pixels first, and has the same area.
   *
   * @param rolled gains of the shifted maps, in logits
   */
  static RelevanceGain of(CausalCurve deletion, CausalCurve insertion, double[] rolled) {
    double logit = deletion.logit().auc() - insertion.logit().auc();
    double cat = insertion.cat().auc() - deletion.cat().auc();
    return new RelevanceGain(logit, cat, RolledNull.of(logit, rolled, true));
  }
}
