package org.whisker.torch.precision;

import java.util.Arrays;
import org.whisker.stats.Correlation;

/**
 * The agreement of two classifiers in ranking the same pictures.
 *
 * @param siblings Spearman's rho within families, the median over them
 * @param all rho over all pictures
 */
record RankAgreement(double siblings, double all) {
  /**
   * Compares.
   *
   * @param expected logits, family by family, in whole families
   * @param found logits of the same pictures
   */
  RankAgreement(double[] expected, double[] found, int family) {
    this(median(expected, found, family), rho(expected, found));
  }

  private static double median(double[] expected, double[] found, int family) {
    double[] each = new double[expected.length / family];
    for (int i = 0; i < each.length; i++) {
      int from = i * family;
      each[i] =
          rho(
              Arrays.copyOfRange(expected, from, from + family),
              Arrays.copyOfRange(found, from, from + family));
    }
    Arrays.sort(each);
    return (each[(each.length - 1) / 2] + each[each.length / 2]) / 2;
  }

  /** 0 where there is nothing to agree with: a ranking by noise alone is none. */
  private static double rho(double[] expected, double[] found) {
    return isRanking(expected) && isRanking(found) ? Correlation.spearman(expected, found) : 0;
  }

  private static boolean isRanking(double[] logits) {
    return Arrays.stream(logits).allMatch(Double::isFinite)
        && Arrays.stream(logits).anyMatch(z -> z != logits[0]);
  }
}
