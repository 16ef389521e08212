package org.whisker.stats;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A weighted sum of group means with its standard error, and the degrees of freedom of Welch and
 * Satterthwaite: a mean (one group, weight 1), a mean of block means, a difference of two arms.
 *
 * @param skewness of the estimate; groups of fewer than three runs contribute none
 */
record MeanContrast(double estimate, double error, double freedom, double skewness) {

  static MeanContrast of(List<double[]> groups, double... weights) {
    double estimate = 0;
    double variance = 0;
    double scatter = 0;
    double third = 0;
    for (int g = 0; g < groups.size(); g++) {
      double[] group = groups.get(g);
      double part = weights[g] * weights[g] * Samples.variance(group) / group.length;
      estimate += weights[g] * Samples.mean(group);
      variance += part;
      scatter += part * part / (group.length - 1);
      third += Math.pow(weights[g], 3) * Samples.thirdMoment(group) / square(group.length);
    }
    double freedom = variance > 0 ? variance * variance / scatter : Double.POSITIVE_INFINITY;
    double error = Math.sqrt(variance);
    return new MeanContrast(
        estimate, error, freedom, variance > 0 ? third / (variance * error) : 0);
  }

  /**
   * P(T ≤ t) for t = (estimate − reference) / error; a step when there is no error at all. Skewed
   * runs also skew t, which Hall's (1992) monotone cubic transformation corrects first. The
   * correction grows with t², and so does the error of the estimated skewness, so it is not
   * extended beyond Student's 2.5 % points.
   */
  double below(double reference) {
    if (error == 0) {
      return estimate > reference ? 1 : 0;
    }
    TDistribution student = new TDistribution(freedom);
    double t = (estimate - reference) / error;
    double end = student.inverseCumulativeProbability(0.975);
    double near = Math.max(-end, Math.min(end, t));
    double skewed = skewness * near / 3;
    double correction = near * (skewed + skewed * skewed / 3) + skewness / 6;
    return student.cumulativeProbability(t + correction);
  }

  /** The half-width, in standard errors, of Student's interval. */
  double studentQuantile(double level) {
    return new TDistribution(freedom).inverseCumulativeProbability((1 + level) / 2);
  }

  private static double square(double x) {
    return x * x;
  }
}
