package org.whisker.stats;

import org.hipparchus.stat.interval.BinomialProportion;
import org.hipparchus.stat.interval.ConfidenceInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.value.Checks;

/**
 * Wilson's interval for a proportion (1927), which remains valid if all or none of the trials
 * succeed.
 */
public final class ShareInterval {
  private ShareInterval() {}

  /**
   * The proportion of successes among independent trials.
   *
   * @param trials at least 1
   * @param level nominal coverage, such as 0.95
   */
  public static Interval of(int successes, int trials, double level) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " successes of " + trials + " trials");
    }
    Samples.checkedProbability("level", level);
    ConfidenceInterval wilson =
        BinomialProportion.getWilsonScoreInterval(trials, (double) successes / trials, level);
    // exactly 0 and 1 but for rounding
    double low = successes == 0 ? 0 : wilson.getLowerBound();
    double high = successes == trials ? 1 : wilson.getUpperBound();
    return new Interval(low, high, level);
  }

  /**
   * The first proportion minus the second, from separate trials: Newcombe's hybrid of both Wilson
   * intervals (1998, method 10).
   */
  public static Estimate difference(int a, int trialsOfA, int b, int trialsOfB, double level) {
    double shareA = (double) a / trialsOfA;
    double shareB = (double) b / trialsOfB;
    Interval ofA = of(a, trialsOfA, level);
    Interval ofB = of(b, trialsOfB, level);
    double value = shareA - shareB;
    return new Estimate(
        value,
        new Interval(
            value - Math.hypot(shareA - ofA.low(), ofB.high() - shareB),
            value + Math.hypot(ofA.high() - shareA, shareB - ofB.low()),
            level));
  }

  /**
   * What runs that all lie together leave open: how common another outcome can be that none of them
   * showed. No test of their mean can tell; a claim that nothing differs is about the runs seen.
   *
   * <p>The upper confidence bound of the share of an outcome that did not occur (Clopper and
   * Pearson, 1934): with a larger one, at least one run would have shown it with probability {@code
   * level}.
   *
   * @param runs at least 1
   * @param level such as 0.95
   */
  public static double unseenShare(int runs, double level) {
    Checks.refuse(runs < 1, "runs must be at least 1, was %s", runs);
    return 1 - Math.pow(1 - Samples.checkedProbability("level", level), 1.0 / runs);
  }
}
