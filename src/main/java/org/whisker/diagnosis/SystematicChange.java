package org.whisker.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * How far maps differ in the same way in every picture, relative to how much they differ between
 * pictures: the root mean square over positions of the mean difference, over the standard deviation
 * of a position over pictures, root mean square over positions. Differences that follow the content
 * cancel: the square is the mean of products of different pictures, so that it is 0 on the average
 * where nothing is systematic.
 */
final class SystematicChange {
  private static final double MOST_MEDIANS = 2;

  private final List<double[]> changes;
  private final List<double[]> values;
  private final double[][] products;

  /**
   * Weights and centres maps of one size.
   *
   * @param changes the difference in each picture, by position
   * @param values the map of each picture, of which the spread is taken
   */
  SystematicChange(List<double[]> changes, List<double[]> values) {
    double[] middle = middle(values);
    double[] weights = weights(values, middle);
    this.changes = new ArrayList<>();
    this.values = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      double[] change = changes.get(i).clone();
      double[] value = values.get(i).clone();
      for (int p = 0; p < change.length; p++) {
        change[p] *= weights[i];
        value[p] = weights[i] * (value[p] - middle[p]);
      }
      this.changes.add(change);
      this.values.add(value);
    }
    int n = changes.size();
    this.products = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        products[i][k] = product(this.changes.get(i), this.changes.get(k));
      }
    }
  }

  /** The median over pictures, by position. */
  private static double[] middle(List<double[]> values) {
    double[] middle = new double[values.get(0).length];
    for (int p = 0; p < middle.length; p++) {
      int position = p;
      middle[p] = Samples.median(values.stream().mapToDouble(value -> value[position]).toArray());
    }
    return middle;
  }

  /**
   * Weights of the pictures: below 1 for those that lie more than twice as far from the middle as
   * the median picture does, so that none decides alone. Networks without norms answer to contrast
   * in proportion.
   */
  private static double[] weights(List<double[]> values, double[] middle) {
    double[] far = new double[values.size()];
    for (int i = 0; i < far.length; i++) {
      double[] value = values.get(i);
      double sum = 0;
      for (int p = 0; p < middle.length; p++) {
        sum += (value[p] - middle[p]) * (value[p] - middle[p]);
      }
      far[i] = Math.sqrt(sum / middle.length);
    }
    double bound = MOST_MEDIANS * Samples.median(far);
    return Arrays.stream(far)
        .map(distance -> bound == 0 || distance <= bound ? 1 : bound / distance)
        .toArray();
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int p = 0; p < a.length; p++) {
      sum += a[p] * b[p];
    }
    return sum / a.length;
  }

  Effect effect() {
    return Effect.of(changes.size(), true, this::squared);
  }

  private double squared(IntPredicate kept) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < products.length; i++) {
      for (int k = 0; k < i; k++) {
        if (kept.test(i) && kept.test(k)) {
          sum += products[i][k];
          pairs++;
        }
      }
    }
    double variance = variance(kept);
    return sum == 0 ? 0 : sum / pairs / Math.max(variance, Double.MIN_NORMAL);
  }

  private double variance(IntPredicate kept) {
    List<double[]> all =
        IntStream.range(0, values.size()).filter(kept).mapToObj(values::get).toList();
    double sum = 0;
    for (int p = 0; p < all.get(0).length; p++) {
      int position = p;
      sum += Samples.variance(all.stream().mapToDouble(value -> value[position]).toArray());
    }
    return sum / all.get(0).length;
  }

  /**
   * The mean absolute difference between two of the values (Gini); robust where few are extreme.
   */
  static double difference(double... values) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < i; k++) {
        sum += Math.abs(values[i] - values[k]);
        pairs++;
      }
    }
    return sum / pairs;
  }

  /** The standard deviation of the logits of at least two pictures. */
  static double spread(float[] logits) {
    return Math.sqrt(
        Samples.variance(IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray()));
  }

  /**
   * An effect over pictures, by its jackknife pseudo-values (Tukey, 1958): their mean is the
   * estimate without its bias of first order, and they stand for independent values in interval and
   * tests.
   *
   * @param pseudo one per picture
   * @param squared whether they are of the square of the effect, which is unbiased where the effect
   *     itself, a root, is not
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Effect(double[] pseudo, boolean squared) {
    private static final double LEVEL = 0.95;
    private static final int DRAWS = 9_999;

    /** Fewest pictures whose tests can pass a correction for all causes. */
    public static final int FEWEST = 8;

    /**
     * The jackknife of a statistic.
     *
     * @param statistic the statistic of the pictures that a predicate keeps
     */
    static Effect of(int pictures, boolean squared, ToDoubleFunction<IntPredicate> statistic) {
      double whole = statistic.applyAsDouble(i -> true);
      double[] pseudo =
          IntStream.range(0, pictures)
              .mapToDouble(
                  left ->
                      pictures * whole
                          - (pictures - 1) * statistic.applyAsDouble(kept -> kept != left))
              .toArray();
      return new Effect(pseudo, squared);
    }

    /** The effect with its interval at 95 %. */
    Estimate estimate() {
      Interval interval = Estimate.studentInterval(pseudo, LEVEL);
      return new Estimate(
          scaled(Samples.mean(pseudo)),
          new Interval(scaled(interval.low()), scaled(interval.high()), LEVEL));
    }

    private double scaled(double value) {
      return squared ? Math.sqrt(Math.max(0, value)) : value;
    }

    /** One-sided p of an effect that is at most {@code threshold}: small if it is above. */
    double pAbove(double threshold, RandomGenerator random) {
      return p(threshold, Alternative.GREATER, random);
    }

    /** One-sided p of an effect that is at least {@code threshold}: small if it is below. */
    double pBelow(double threshold, RandomGenerator random) {
      return p(threshold, Alternative.LESS, random);
    }

    private double p(double threshold, Alternative alternative, RandomGenerator random) {
      double bound = squared ? threshold * threshold : threshold;
      return SignFlipTest.of(pseudo, bound, alternative, DRAWS, random).p();
    }
  }
}
