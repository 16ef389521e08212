package org.whisker.stats;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hipparchus.util.KthSelector;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.MeanContrast;

/**
 * Confidence intervals over runs by the symmetric bootstrap-t (Hall, 1988): the estimate ± q
 * standard errors, where q is the {@code level} quantile of |T*| and T* is the studentized
 * deviation in a resample. Normal noise of three quarters of its group's standard error is added to
 * every run drawn: without such smoothing (Polansky and Schucany, 1997), a resample of few runs
 * often repeats some of them and has too little spread, so the interval is too long.
 *
 * <p>Simulated coverage at level 0.95 with 6, 10 and 30 runs: 95–97 % for normal and uniform runs
 * and for edge indices of 3 to 20 pixels, whether of a mean or a difference of two arms; 93.5–95 %
 * for means of Beta(5, 1). (For 6 to 10 runs from Beta(5, 1), Student's interval covers 91–93 %;
 * for 10 runs of any of these, percentile and BCa intervals cover 89–93 %.) Stronger skew lowers
 * coverage further: 92 % for 6 exponential runs. So do two separate clusters among few runs;
 * inspect the runs, too.
 *
 * <p>With fewer than five runs in a group, Student's interval (Welch's for several groups) is used
 * instead. An interval is not clipped to the range of the quantity: {@link BoundedInterval#orOwn}.
 *
 * @param level nominal coverage, such as 0.95
 * @param resamples number of resamples; at least 1 / (1 − level) − 1
 */
public record Bootstrap(double level, int resamples) {
  private static final int FEWEST_TO_RESAMPLE = 5;
  // In standard errors. More noise improves coverage for normal runs and worsens it for skewed
  // ones.
  private static final double SMOOTHING = 0.75;

  public Bootstrap {
    Samples.checkedProbability("level", level);
    if (!((resamples + 1.0) * (1 - level) >= 1 - 1e-9)) {
      throw new IllegalArgumentException(
          "level " + level + " needs more resamples than " + resamples);
    }
  }

  /** A bootstrap of 9,999 resamples for intervals at 95 %. */
  public static Bootstrap standard() {
    return new Bootstrap(0.95, 9_999);
  }

  /** The mean over at least two runs. */
  public Interval mean(double[] runs, RandomGenerator random) {
    return contrast(List.of(runs), new double[] {1}, random);
  }

  /** The mean of {@code a} less the mean of {@code b}, unpaired, each with at least two runs. */
  public Interval difference(double[] a, double[] b, RandomGenerator random) {
    return contrast(List.of(a, b), new double[] {1, -1}, random);
  }

  private Interval contrast(List<double[]> groups, double[] weights, RandomGenerator random) {
    groups.forEach(group -> Samples.checked("bootstrap", group, 2));
    MeanContrast whole = MeanContrast.of(groups, weights);
    if (whole.error() == 0) {
      return new Interval(whole.estimate(), whole.estimate(), level);
    }
    boolean enough = groups.stream().allMatch(group -> group.length >= FEWEST_TO_RESAMPLE);
    double quantile =
        enough ? resampledQuantile(groups, weights, random) : whole.studentQuantile(level);
    double half = quantile * whole.error();
    return new Interval(whole.estimate() - half, whole.estimate() + half, level);
  }

  private double resampledQuantile(
      List<double[]> groups, double[] weights, RandomGenerator random) {
    List<double[]> centred = groups.stream().map(g -> Samples.minus(g, Samples.mean(g))).toList();
    double[] noise =
        groups.stream()
            .mapToDouble(g -> SMOOTHING * Math.sqrt(Samples.variance(g) / g.length))
            .toArray();
    double[] deviations = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      deviations[i] = deviation(centred, noise, weights, random);
    }
    int rank = (int) Math.ceil((resamples + 1.0) * level - 1e-9);
    return orderStatistic(deviations, Math.max(1, rank) - 1);
  }

  /** What {@code values[k]} would be if the values were sorted; changes their order. */
  static double orderStatistic(double[] values, int k) {
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      Arrays.sort(values); // the selector has no place for NaN
      return values[k];
    }
    return new KthSelector().select(values, null, k);
  }

  /** |T*| of one resample. */
  private static double deviation(
      List<double[]> centred, double[] noise, double[] weights, RandomGenerator random) {
    double estimate = 0;
    double variance = 0;
    for (int g = 0; g < weights.length; g++) {
      double[] group = centred.get(g);
      int n = group.length;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double drawn = group[random.nextInt(n)] + noise[g] * random.nextGaussian();
        sum += drawn;
        squares += drawn * drawn;
      }
      double spread = Math.max(0, squares - sum * sum / n) / (n - 1);
      estimate += weights[g] * sum / n;
      variance += weights[g] * weights[g] * spread / n;
    }
    return Math.abs(estimate) / Math.sqrt(variance);
  }
}
