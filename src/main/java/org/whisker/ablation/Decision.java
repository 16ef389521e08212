package org.whisker.ablation;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Shaffer;
import org.whisker.stats.Verdict;

/**
 * What a test decides. It is decided once for each family of tests that are corrected together: of
 * an experiment, and of a report.
 *
 * @param runsNeeded estimated number of runs, or trained networks, for a decision at the corrected
 *     level if the effect is as seen; empty where it is decided, or no number is known
 */
public record Decision(Verdict verdict, OptionalLong runsNeeded) {
  /**
   * What the units of a test show.
   *
   * @param effect their mean less its null value
   * @param sd the standard deviation of their values; empty where they have none
   * @param margin below which an effect is none; empty where equivalence is not tested
   */
  public record Sample(int units, double effect, OptionalDouble sd, OptionalDouble margin) {}

  /**
   * Decides.
   *
   * @param p of the test of the effect and of the equivalence test, corrected
   * @param family how many tests are corrected together
   * @param alpha the level of each
   */
  public static Decision of(
      Prediction predicted, Shaffer.Tests p, int family, double alpha, Sample sample) {
    Verdict verdict = predicted.verdict(p.difference(), p.equivalence(), alpha, sample.effect());
    boolean open = verdict == Verdict.UNDECIDED && sample.margin().isPresent();
    return new Decision(
        verdict,
        open
            ? RunsNeeded.corrected(family)
                .toDecide(
                    sample.units(), sample.sd(), sample.effect(), sample.margin().getAsDouble())
            : OptionalLong.empty());
  }

  /** A verdict that no number of runs would change. */
  static Decision of(Verdict verdict) {
    return new Decision(verdict, OptionalLong.empty());
  }
}
