package org.whisker.stats;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.whisker.value.Checks;

/**
 * The number of runs needed for a decision, by the normal approximation with Guenther's (1981)
 * correction for estimating the standard deviation.
 *
 * @param alpha the two-sided level of the test (one-sided for equivalence)
 * @param power the probability of detecting a true effect
 */
public record RunsNeeded(double alpha, double power) {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /** Number of runs that nobody would do: a decision that needs more never comes. */
  private static final long MOST = 10_000;

  public RunsNeeded {
    Samples.checkedProbability("alpha", alpha);
    Samples.checkedProbability("power", power);
  }

  /** Alpha 0.05, power 0.8. */
  public static RunsNeeded standard() {
    return new RunsNeeded(0.05, 0.8);
  }

  /**
   * Alpha 0.05 corrected, power 0.8.
   *
   * @param multiplier the multiplier of the smallest p in the correction ({@link Holm}, {@link
   *     Shaffer}): how many hypotheses there are; at least 1
   */
  public static RunsNeeded corrected(int multiplier) {
    Checks.refuse(multiplier < 1, "multiplier must be at least 1, was %s", multiplier);
    return new RunsNeeded(0.05 / multiplier, 0.8);
  }

  /**
   * Runs (or pairs, with their differences) for a decision at this alpha if the truth is as seen:
   * that the mean is not 0, by sign flips, or that it lies within the margin, by TOST, whichever
   * needs fewer.
   *
   * @param sd the standard deviation of the runs seen; empty when fewer than two
   * @param effect their mean, less its null value
   * @return empty where the sd is unknown, and where neither would be shown by 10,000 runs
   */
  OptionalLong toDecide(OptionalDouble sd, double effect, double margin) {
    if (sd.isEmpty()) {
      return OptionalLong.empty();
    }
    double spread = sd.getAsDouble();
    long difference = checkedEffect(effect) == 0 ? Long.MAX_VALUE : forEffect(spread, effect);
    long runs = Math.min(difference, forEquivalence(spread, margin, effect).orElse(Long.MAX_VALUE));
    return runs > MOST ? OptionalLong.empty() : OptionalLong.of(runs);
  }

  /**
   * Runs for a decision, where {@code undecided} runs did not decide: more than these, even if
   * {@link #toDecide(OptionalDouble, double, double)} would take fewer, and enough for either test.
   */
  public OptionalLong toDecide(int undecided, OptionalDouble sd, double effect, double margin) {
    return more(Math.max(undecided, Equivalence.FEWEST - 1), toDecide(sd, effect, margin));
  }

  /** Raises {@code needed} above the number of runs that did not decide. */
  public static OptionalLong more(int undecided, OptionalLong needed) {
    return needed.isEmpty()
        ? needed
        : OptionalLong.of(Math.max(undecided + 1L, needed.getAsLong()));
  }

  /**
   * Runs (or pairs, with the sd of their differences) for a two-sided test to find a mean that is
   * {@code effect} away from the null; never fewer than a sign-flip test needs to reach alpha. So
   * few reach it only if all lie on the same side of the null.
   */
  long forEffect(double sd, double effect) {
    double z = quantile(1 - alpha / 2);
    long runs = runs(z, z + quantile(power), sd, effect);
    int fewest = (int) Math.ceil(1 - Math.log(alpha) / Math.log(2));
    if (runs > fewest) {
      return runs;
    }
    double oneSide = sd == 0 ? 1 : NORMAL.cumulativeProbability(Math.abs(effect) / sd);
    return Math.pow(oneSide, fewest) >= power ? fewest : fewest + 1;
  }

  /**
   * Runs in each of two unpaired arms for a decision at this alpha if the truth is as seen, as
   * {@link #toDecide(OptionalDouble, double, double)}.
   *
   * @param sd the standard deviation of each arm
   * @param effect difference of their means
   */
  public OptionalLong toDecideTwoArms(double sd, double effect, double margin) {
    long difference = checkedEffect(effect) == 0 ? Long.MAX_VALUE : forTwoArms(sd, effect);
    // the difference of two runs, one of each arm, has the variance of both
    OptionalLong equivalent = forEquivalence(Math.sqrt(2) * sd, margin, effect);
    long runs = Math.min(difference, equivalent.orElse(Long.MAX_VALUE));
    return runs > MOST ? OptionalLong.empty() : OptionalLong.of(runs);
  }

  /**
   * Runs in each of two unpaired arms, both with this sd, for a two-sided test to find a difference
   * of {@code effect}.
   */
  long forTwoArms(double sd, double effect) {
    double z = quantile(1 - alpha / 2);
    // Two arms add up their variances; their sd is estimated from both, which halves the
    // correction.
    double each = 2 * square((z + quantile(power)) * checkedSd(sd) / checked("effect", effect));
    return Math.max(fewestForTwoArms(), whole(sd, each + z * z / 4));
  }

  /**
   * Runs (or pairs, with the sd of their differences) for TOST to show that a mean that truly is at
   * the null lies within ±{@code margin}.
   */
  public long forEquivalence(double sd, double margin) {
    double z = quantile(1 - alpha);
    long runs = runs(z, z + quantile((1 + power) / 2), sd, margin);
    // So few runs hardly determine the skewness for which the test corrects; simulation shows that
    // one more is needed.
    return sd > 0 && runs < 7 ? runs + 1 : runs;
  }

  /**
   * Runs for TOST to show equivalence within ±{@code margin} if the mean truly is {@code effect}
   * away from the null.
   *
   * @return empty where that is beyond the margin, or 10,000 runs are not enough
   */
  OptionalLong forEquivalence(double sd, double margin, double effect) {
    double seen = Math.abs(checkedEffect(effect));
    if (seen >= checked("margin", margin)) {
      return OptionalLong.empty();
    }
    for (long runs = forEquivalence(sd, margin); runs <= MOST; runs++) {
      if (sd == 0 || powerOfEquivalence(runs, sd, margin, seen) >= power) {
        return OptionalLong.of(runs);
      }
    }
    return OptionalLong.empty();
  }

  private double powerOfEquivalence(long runs, double sd, double margin, double effect) {
    double z = quantile(1 - alpha);
    double known = Math.sqrt(Math.max(0, runs - z * z / 2)) / sd;
    return NORMAL.cumulativeProbability(known * (margin - effect) - z)
        + NORMAL.cumulativeProbability(known * (margin + effect) - z)
        - 1;
  }

  private long runs(double z, double sum, double sd, double effect) {
    return whole(sd, square(sum * checkedSd(sd) / checked("effect", effect)) + z * z / 2);
  }

  private static long whole(double sd, double runs) {
    return sd == 0 ? 2 : (long) Math.max(2, Math.ceil(runs));
  }

  /** The smallest n with 2 / choose(2n, n) at most alpha. */
  private long fewestForTwoArms() {
    long n = 1;
    double divisions = 2;
    while (2 / divisions > alpha) {
      n++;
      divisions *= 2 * (2.0 * n - 1) / n;
    }
    return n;
  }

  private static double checkedSd(double sd) {
    Checks.require(sd >= 0 && Double.isFinite(sd), "sd must be at least 0 and finite, was %s", sd);
    return sd;
  }

  private static double checked(String name, double effect) {
    double size = Math.abs(effect);
    Checks.require(
        size > 0 && Double.isFinite(size), "%s must be finite and not 0, was %s", name, effect);
    return size;
  }

  private static double checkedEffect(double effect) {
    Checks.require(Double.isFinite(effect), "effect must be finite, was %s", effect);
    return effect;
  }

  private static double quantile(double p) {
    return NORMAL.inverseCumulativeProbability(p);
  }

  private static double square(double x) {
    return x * x;
  }
}
