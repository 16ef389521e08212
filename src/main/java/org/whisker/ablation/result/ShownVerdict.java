package org.whisker.ablation.result;

import java.util.OptionalDouble;
import org.whisker.io.Decimals;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.Verdict;

/** A verdict as it stands beside its interval. */
final class ShownVerdict {
  private static final double ALPHA = 0.05;

  private ShownVerdict() {}

  /**
   * The verdict and, where an interval that excludes 0 stands beside "undecided", why: so few runs
   * can't have a smaller p, or the interval is not corrected for the other comparisons.
   *
   * @param p uncorrected
   * @param runs number of runs (or trained networks)
   */
  static String of(
      String verdict,
      OptionalDouble low,
      OptionalDouble high,
      OptionalDouble p,
      OptionalDouble pCorrected,
      int runs) {
    boolean excludes = low.orElse(0) > 0 || high.orElse(0) < 0;
    if (!verdict.equals(Verdict.UNDECIDED.label()) || !excludes) {
      return verdict.replace('_', ' ');
    }
    return SignFlipTest.isSmallest(p.orElse(0), runs)
        ? "%s: %d runs can't reach p %s".formatted(verdict, runs, ALPHA)
        : "%s: p %s, corrected".formatted(verdict, Decimals.probability(pCorrected.orElse(1)));
  }
}
