package org.whisker.stats;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A weighted sum of group means with its standard error, and the degrees of freedom of Welch and
 * Satterthwaite: a mean (one group, weight 1), a mean of block means, a difference of two arms.
 */
record MeanContrast(double estimate, double error, double freedom) {

  static MeanContrast of(List<double[]> groups, double... weights) {
    double estimate = 0;
    double variance = 0;
    double scatter = 0;
    for (int g = 0; g < groups.size(); g++) {
      double[] group = groups.get(g);
      double part = weights[g] * weights[g] * Samples.variance(group) / group.length;
      estimate += weights[g] * Samples.mean(group);
      variance += part;
      scatter += part * part / (group.length - 1);
    }
    double freedom = variance > 0 ? variance * variance / scatter : Double.POSITIVE_INFINITY;
    return new MeanContrast(estimate, Math.sqrt(variance), freedom);
  }

  /** P(T ≤ t) for t = (estimate − reference) / error; a step when there is no error at all. */
  double below(double reference) {
    if (error == 0) {
      return estimate > reference ? 1 : 0;
    }
    return new TDistribution(freedom).cumulativeProbability((estimate - reference) / error);
  }

  /** The half-width, in standard errors, of Student's interval. */
  double studentQuantile(double level) {
    return new TDistribution(freedom).inverseCumulativeProbability((1 + level) / 2);
  }
}
