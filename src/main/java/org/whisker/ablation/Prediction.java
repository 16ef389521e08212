package org.whisker.ablation;

import java.util.OptionalDouble;
import org.whisker.stats.Verdict;

/** The prediction of a hypothesis for the effect. */
public enum Prediction {
  /**
   * The statistic lies above 0: E rises (pixels move to the centre) when the suspected cause is
   * removed.
   */
  RISES,
  /** The statistic lies below 0. */
  FALLS,
  /** Different from 0. */
  DIFFERS,
  /** A bias, whichever way it goes. */
  LEANS,
  /**
   * The statistic lies above 0: there is what is asked for. What that causes is another question.
   */
  EXISTS,
  /** There is no relevant difference from what is to be explained. */
  MATCHES,
  /** There is no relevant effect: supported by an equivalence test, refuted by a difference. */
  STAYS,
  /** Nothing is predicted: the statistic is descriptive, without a verdict. */
  NOTHING;

  /** Whether no difference is predicted. */
  boolean isOfNone() {
    return this == STAYS || this == MATCHES;
  }

  /** Whether the effect has the predicted direction. */
  public boolean agrees(double effect) {
    return switch (this) {
      case DIFFERS, LEANS -> true;
      case RISES, EXISTS -> effect > 0;
      case FALLS -> effect < 0;
      case MATCHES, STAYS, NOTHING -> false;
    };
  }

  /**
   * The verdict on the hypothesis. Where no difference is predicted, equivalence supports it and a
   * difference refutes it.
   *
   * @param p the p-value of the test of the effect, corrected for multiple comparisons
   * @param pEquivalence the p-value of the equivalence test, corrected likewise; empty where there
   *     is none
   * @param effect whose sign says which way it goes
   */
  public Verdict verdict(double p, OptionalDouble pEquivalence, double alpha, double effect) {
    Verdict shown = Verdict.of(p, pEquivalence.orElse(1), alpha);
    if (isOfNone()) {
      return switch (shown) {
        case NO_EFFECT -> Verdict.SUPPORTED;
        case SUPPORTED -> Verdict.REFUTED;
        default -> shown;
      };
    }
    return shown == Verdict.SUPPORTED && !agrees(effect) ? Verdict.OPPOSITE : shown;
  }
}
