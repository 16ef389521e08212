package org.whisker.stats;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.stats.Samples.MeanContrast;
import org.whisker.value.Checks;

/**
 * Equivalence by two one-sided t tests (TOST; Schuirmann, 1987): the claim that a difference lies
 * within ±margin, with p the larger of the two. The margin must be fixed before the data are seen.
 *
 * <p>With skewed runs, plain t tests claim equivalence too often on one side, so each t is
 * corrected for the runs' skewness (Hall, 1992). Simulated for a true difference at the margin, at
 * level 0.05 with 6 to 30 runs: 5–6 % of normal runs and of edge indices of 10 pixels or more claim
 * equivalence, 6–7 % of indices of 3 pixels, 9 % of 6 runs from Beta(5, 1), which is far more
 * skewed (plain t: 13 %).
 *
 * @param difference the estimated difference
 * @param margin the largest difference that still counts as none
 * @param p 0 to 1; small is evidence for equivalence. Runs without any spread give exactly 0
 *     (inside the margin) or 1.
 */
public record Equivalence(double difference, double margin, double p) {
  /**
   * Fewest runs of which a verdict may be "no difference": fewer could not have shown one by sign
   * flips at level 0.05, and two that happen to agree would pass for proof that all do.
   */
  public static final int FEWEST = 6;

  public Equivalence {
    Checks.require(
        margin > 0 && Double.isFinite(margin), "margin must be above 0 and finite, was %s", margin);
    Checks.require(Double.isFinite(difference), "a difference is finite, was %s", difference);
    Checks.require(p >= 0 && p <= 1, "p must be from 0 to 1, was %s", p);
  }

  /** Tests that the mean of at least two runs is {@code mu0}. */
  public static Equivalence oneSample(double[] runs, double mu0, double margin) {
    Samples.checked("equivalence test", runs, 2);
    return of(MeanContrast.of(List.of(Samples.minus(runs, mu0)), 1), margin);
  }

  /** p that the mean is 0 within the margin; empty of fewer runs than {@value #FEWEST}. */
  public static OptionalDouble ofEnough(double[] runs, double margin) {
    return runs.length < FEWEST
        ? OptionalDouble.empty()
        : OptionalDouble.of(oneSample(runs, 0, margin).p());
  }

  /** Tests that two arms of at least two runs each do not differ: mean a − mean b, by Welch's t. */
  public static Equivalence unpaired(double[] a, double[] b, double margin) {
    Samples.checked("first arm", a, 2);
    Samples.checked("second arm", b, 2);
    return of(MeanContrast.of(List.of(a, b), 1, -1), margin);
  }

  /** One-sided p of the claim that the mean of at least two runs lies below {@code limit}. */
  public static double below(double[] runs, double limit) {
    Samples.checked("one-sided test", runs, 2);
    MeanContrast mean = MeanContrast.of(List.of(runs), 1);
    if (mean.error() == 0) {
      return mean.estimate() < limit ? 0 : 1;
    }
    return mean.below(limit);
  }

  private static Equivalence of(MeanContrast contrast, double margin) {
    double notAboveLow = 1 - contrast.below(-margin);
    double notBelowHigh = contrast.below(margin);
    if (contrast.error() == 0) {
      notBelowHigh = contrast.estimate() < margin ? 0 : 1;
    }
    return new Equivalence(contrast.estimate(), margin, Math.max(notAboveLow, notBelowHigh));
  }

  /** Whether the difference is shown to lie within the margin. */
  public boolean holds(double alpha) {
    return p <= Samples.checkedProbability("alpha", alpha);
  }
}
