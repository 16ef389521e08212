package org.whisker.stats;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.TDistribution;
import org.whisker.value.Checks;

/** Validation of samples, and their moments. */
public final class Samples {
  private Samples() {}

  /** Returns {@code x} if it has at least {@code least} values, all finite. */
  static double[] checked(String name, double[] x, int least) {
    Checks.refuse(x.length < least, "%s needs at least %s values, has %s", name, least, x.length);
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        throw new IllegalArgumentException(name + " value " + i + " is " + x[i]);
      }
    }
    return x;
  }

  static void sameLength(double[] a, double[] b) {
    Checks.refuse(
        a.length != b.length, "pairs need equally many values, were %s and %s", a.length, b.length);
  }

  static double checkedProbability(String name, double p) {
    Checks.require(p > 0 && p < 1, "%s must be between 0 and 1, was %s", name, p);
    return p;
  }

  /** The mean; of no values NaN. */
  public static double mean(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  /** The value in the middle, or the mean of the two there, of at least one; in any order. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The sum of the values, each times its weight. */
  public static double weightedSum(double[] weights, double[] values) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }

  /** The unbiased variance; at least two values. */
  public static double variance(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (x.length - 1);
  }

  /** The unbiased third central moment; 0 for fewer than three values, which cannot show any. */
  static double thirdMoment(double[] x) {
    int n = x.length;
    if (n < 3) {
      return 0;
    }
    double mean = mean(x);
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean) * (value - mean);
    }
    return sum * n / ((n - 1.0) * (n - 2.0));
  }

  /** a − b, pair by pair. */
  public static double[] differences(double[] a, double[] b) {
    sameLength(a, b);
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  static double[] minus(double[] x, double subtrahend) {
    double[] shifted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      shifted[i] = x[i] - subtrahend;
    }
    return shifted;
  }

  /** Puts the values into an order that is drawn uniformly from all (Fisher and Yates). */
  public static void shuffle(double[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double taken = values[i];
      values[i] = values[j];
      values[j] = taken;
    }
  }

  /**
   * A sample in six numbers.
   *
   * @param n how many values, at least 1
   * @param sd the sample standard deviation (with denominator n − 1); empty for a single value
   * @param median the middle value, or the mean of the two in the middle
   */
  public record Summary(
      int n, double mean, OptionalDouble sd, double median, double min, double max) {
    public Summary {
      if (n < 1 || sd.isPresent() != n > 1) {
        throw new IllegalArgumentException(
            "a summary has n of at least 1 and an sd from 2 on, was n " + n + ", sd " + sd);
      }
      if (!(min <= median && median <= max)) {
        throw new IllegalArgumentException(
            "a median lies within its range, was " + median + " of " + min + " to " + max);
      }
    }

    /** Summarises at least one value, all finite. */
    public static Summary of(double... values) {
      double[] sorted = Samples.checked("summary", values, 1).clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      OptionalDouble sd =
          n > 1 ? OptionalDouble.of(Math.sqrt(Samples.variance(sorted))) : OptionalDouble.empty();
      double median = sorted[(n - 1) / 2] / 2 + sorted[n / 2] / 2;
      return new Summary(n, Samples.mean(sorted), sd, median, sorted[0], sorted[n - 1]);
    }
  }

  /**
   * A weighted sum of group means with its standard error, and the degrees of freedom of Welch and
   * Satterthwaite: a mean (one group, weight 1), a mean of block means, a difference of two arms.
   *
   * @param skewness the skewness of the estimate; groups of fewer than three runs contribute none
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
}
