package org.whisker.stats;

import org.whisker.value.Checks;
import org.whisker.value.Labelled;

/** The verdict of an experiment on a suspected cause. */
public enum Verdict implements Labelled {
  /** What the hypothesis predicts was shown, in the predicted direction. */
  SUPPORTED,
  /** An effect was shown, in the direction opposite to the predicted one. */
  OPPOSITE,
  /** Any effect was shown to be negligible, by an equivalence test. */
  NO_EFFECT,
  /** A difference was shown, where the hypothesis predicts none. */
  REFUTED,
  /** Neither an effect nor its absence could be shown. */
  UNDECIDED,
  /**
   * Too few runs reached the p(target) at which arms are compared, so nothing is said of where the
   * pixels of images classified as cat lie.
   */
  NOT_ENOUGH_TARGETS,
  /** Nothing was tested. */
  UNTESTED;

  /**
   * {@link #NO_EFFECT} when equivalence is shown, even where a difference too small to matter is
   * significant; else {@link #SUPPORTED} when a difference is shown; else {@link #UNDECIDED}, since
   * a large p shows nothing.
   *
   * @param pDifference the p-value of the test for the effect, corrected for the other hypotheses
   * @param pEquivalence the p-value of the equivalence test, corrected likewise
   */
  public static Verdict of(double pDifference, double pEquivalence, double alpha) {
    Samples.checkedProbability("alpha", alpha);
    if (shown(pEquivalence, alpha)) {
      return NO_EFFECT;
    }
    return shown(pDifference, alpha) ? SUPPORTED : UNDECIDED;
  }

  /** Whether it asserts something about the hypothesis. */
  public boolean isDefinite() {
    return this != UNDECIDED && this != NOT_ENOUGH_TARGETS && this != UNTESTED;
  }

  private static boolean shown(double p, double alpha) {
    Checks.require(p >= 0 && p <= 1, "p must be from 0 to 1, was %s", p);
    return p <= alpha;
  }
}
