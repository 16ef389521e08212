package org.whisker.stats;

/**
 * What runs that all lie together leave open: how common another outcome can be that none of them
 * showed. No test of their mean can tell; a claim that nothing differs is about the runs seen.
 */
public final class UnseenShare {
  private UnseenShare() {}

  /**
   * The upper confidence bound of the share of an outcome that did not occur (Clopper and Pearson,
   * 1934): with a larger one, at least one run would have shown it with probability {@code level}.
   *
   * @param runs at least 1
   * @param level such as 0.95
   */
  public static double of(int runs, double level) {
    if (runs < 1) {
      throw new IllegalArgumentException("runs must be at least 1, was " + runs);
    }
    return 1 - Math.pow(1 - Samples.checkedProbability("level", level), 1.0 / runs);
  }
}
