package org.whisker.saliency.faithfulness;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.NullDistribution;

/**
 * Null distribution of a measure of a map: its values for the map under toroidal shifts.
 *
 * @param mean of the shifted maps
 * @param middle central 95 % of the shifted maps; their range if fewer than 79
 * @param p one-sided p-value: how often a shifted map does at least as well; at least 1 / (rolls +
 *     1)
 * @param rolls number of shifts
 */
public record RolledNull(double mean, Interval middle, double p, int rolls) {
  public RolledNull {
    Objects.requireNonNull(middle, "middle");
    if (!Double.isFinite(mean) || !(p > 0 && p <= 1)) {
      throw new IllegalArgumentException("a null has a mean and a p, was " + mean + " and " + p);
    }
  }

  /**
   * Compares an observed value with those of shifted maps.
   *
   * @param highIsGood whether a higher value is better
   * @return empty without shifts
   */
  static Optional<RolledNull> of(double observed, double[] rolled, boolean highIsGood) {
    if (rolled.length == 0) {
      return Optional.empty();
    }
    double p =
        highIsGood
            ? NullDistribution.pAtLeast(rolled, observed)
            : NullDistribution.pAtMost(rolled, observed);
    return Optional.of(
        new RolledNull(
            Arrays.stream(rolled).average().orElseThrow(),
            NullDistribution.middle(rolled),
            p,
            rolled.length));
  }
}
