package org.whisker.stats;

/** The verdict of an experiment on a suspected cause. */
public enum Verdict {
  /** An effect was shown. */
  SUPPORTED,
  /** Any effect was shown to be negligible. */
  REFUTED,
  /** Neither could be shown: more runs are needed. */
  UNDECIDED;

  /**
   * REFUTED when equivalence is shown, even where a difference too small to matter is significant;
   * else SUPPORTED when a difference is shown; else UNDECIDED, since a large p shows nothing.
   *
   * @param pDifference of the test for the effect, corrected for the other hypotheses
   * @param pEquivalence of the equivalence test
   */
  public static Verdict of(double pDifference, double pEquivalence, double alpha) {
    Samples.checkedProbability("alpha", alpha);
    if (shown(pEquivalence, alpha)) {
      return REFUTED;
    }
    return shown(pDifference, alpha) ? SUPPORTED : UNDECIDED;
  }

  private static boolean shown(double p, double alpha) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("p must be from 0 to 1, was " + p);
    }
    return p <= alpha;
  }
}
