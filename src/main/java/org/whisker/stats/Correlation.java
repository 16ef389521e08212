package org.whisker.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.whisker.stats.Estimate.Interval;
import org.whisker.value.Checks;

/** Correlation of paired values. */
public final class Correlation {
  private Correlation() {}

  /**
   * Pearson's r, −1 to 1.
   *
   * @throws IllegalArgumentException if there are fewer than two pairs, or one side is constant
   */
  static double pearson(double[] x, double[] y) {
    Samples.sameLength(x, y);
    double[] unitX = unit("x", x);
    double[] unitY = unit("y", y);
    return Math.max(-1, Math.min(1, dot(unitX, unitY)));
  }

  /** Spearman's rho: Pearson's r of the ranks, with mid-ranks for ties. */
  public static double spearman(double[] x, double[] y) {
    return pearson(ranks("x", x), ranks("y", y));
  }

  private static double[] ranks(String name, double[] x) {
    return ranksOf(Samples.checked(name, x, 2));
  }

  /** Centred, with length 1. */
  private static double[] unit(String name, double[] x) {
    double[] centred = Samples.minus(Samples.checked(name, x, 2), Samples.mean(x));
    double length = Math.sqrt(dot(centred, centred));
    if (isConstant(x) || length == 0) {
      throw new IllegalArgumentException(
          name + " is constant (" + x[0] + "), so it has no correlation");
    }
    for (int i = 0; i < centred.length; i++) {
      centred[i] /= length;
    }
    return centred;
  }

  private static boolean isConstant(double[] x) {
    for (double value : x) {
      if (value != x[0]) {
        return false;
      }
    }
    return true;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** Ranks from 1; tied values share their mid-rank. */
  static double[] ranksOf(double[] x) {
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> x[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[x.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && x[order[to]] == x[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  /** Values that are equal but for rounding, made equal, since ranks tell them apart otherwise. */
  public static final class Ties {
    /** Float32 arithmetic over a network leaves about this, relative to what it sums. */
    public static final double FLOAT_ROUNDING = 1e-6;

    private Ties() {}

    /**
     * The rounding of differences from a baseline, in their unit: a difference that is no larger
     * says nothing, not even by its sign.
     */
    public static double rounding(double baseline, double[] differences) {
      double largest = Math.abs(baseline);
      for (double difference : differences) {
        largest = Math.max(largest, Math.abs(difference + baseline));
      }
      return FLOAT_ROUNDING * largest;
    }

    /** Whether values differ by no more than the rounding of float32 arithmetic. */
    public static boolean isConstant(double[] values) {
      double least = Arrays.stream(values).min().orElse(0);
      double most = Arrays.stream(values).max().orElse(0);
      return most - least <= FLOAT_ROUNDING * Math.max(Math.abs(least), Math.abs(most));
    }

    /**
     * Puts each value at the nearest whole number of steps from the median: values that all lie
     * within half a step of it become one.
     *
     * @param step at least 0; 0 leaves the values as they are
     * @param values finite
     */
    public static double[] at(double step, double[] values) {
      Checks.require(step >= 0, "a step must be at least 0, was %s", step);
      if (step == 0 || values.length == 0) {
        return values.clone();
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double median =
          sorted[sorted.length / 2] + 0.0; // not -0.0, which is another value to sorting
      return Arrays.stream(values)
          .map(value -> median + step * Math.rint((value - median) / step))
          .toArray();
    }
  }

  /**
   * How well predictions agree with measurements, position by position.
   *
   * @param places number of positions
   * @param spearman rank correlation: whether the order is right
   * @param pearson linear correlation
   * @param slope the slope of the least-squares line of the measured on the predicted: 1 when the
   *     magnitude is right
   * @param intercept the intercept of that line, in the measurements' unit
   */
  public record LinearAgreement(
      int places, double spearman, double pearson, double slope, double intercept) {

    /**
     * Compares predictions with measurements.
     *
     * @return empty for fewer than three pairs, or when one side is constant
     */
    public static Optional<LinearAgreement> of(double[] predicted, double[] measured) {
      Samples.sameLength(predicted, measured);
      if (predicted.length < 3 || constant(predicted) || constant(measured)) {
        return Optional.empty();
      }
      double r = Correlation.pearson(predicted, measured);
      double slope =
          r * Math.sqrt(Samples.variance(measured)) / Math.sqrt(Samples.variance(predicted));
      return Optional.of(
          new LinearAgreement(
              predicted.length,
              Correlation.spearman(predicted, measured),
              r,
              slope,
              Samples.mean(measured) - slope * Samples.mean(predicted)));
    }

    private static boolean constant(double[] x) {
      return Arrays.stream(x).allMatch(value -> value == x[0]);
    }
  }

  /**
   * Spearman's rho of pairs that are independent of each other, such as two measures of networks,
   * with its interval and permutation test.
   *
   * <p>The interval is that of Fisher's transform with the variance of Bonett and Wright (2000), (1
   * + rho² / 2) / (n − 3): its coverage for some twenty to forty pairs is in {@code
   * docs/intervals.md}. A perfect order is taken for one that is half a swap of two neighbours less
   * than perfect, so that its interval is not a point.
   *
   * @param rho −1 to 1
   * @param interval 95 %; from −1 to 1 for fewer than four pairs
   * @param test two-sided: one side is permuted at random
   */
  public record RankCorrelation(double rho, Interval interval, TestResult test) {
    private static final double LEVEL = 0.95;
    private static final int FEWEST = 4;
    private static final double ROUNDING = 1e-12;

    /**
     * Measures the correlation, with a permutation test.
     *
     * @param draws permutations
     * @throws IllegalArgumentException if there are fewer than two pairs, or one side is constant
     */
    public static RankCorrelation of(double[] x, double[] y, int draws, RandomGenerator random) {
      TestResult.checkedDraws(draws);
      double rho = Correlation.spearman(x, y);
      double[] shuffled = y.clone();
      long extreme = 0;
      for (int draw = 0; draw < draws; draw++) {
        Samples.shuffle(shuffled, random);
        extreme += Math.abs(Correlation.spearman(x, shuffled)) >= Math.abs(rho) - ROUNDING ? 1 : 0;
      }
      return new RankCorrelation(
          rho, interval(rho, x.length), TestResult.sampled(rho, extreme, draws));
    }

    static Interval interval(double rho, int n) {
      if (n < FEWEST) {
        return new Interval(-1, 1, LEVEL);
      }
      double most = 1 - 6 / (n * ((double) n * n - 1)); // a swap of neighbours costs twice that
      double z = atanh(Math.max(-most, Math.min(most, rho)));
      double error = Math.sqrt((1 + rho * rho / 2) / (n - 3));
      double half = new NormalDistribution().inverseCumulativeProbability((1 + LEVEL) / 2) * error;
      return new Interval(
          Math.min(rho, Math.tanh(z - half)), Math.max(rho, Math.tanh(z + half)), LEVEL);
    }

    private static double atanh(double r) {
      return Math.log((1 + r) / (1 - r)) / 2;
    }
  }
}
