package org.whisker.diagnosis;

import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Estimate.StudentInterval;
import org.whisker.stats.Samples;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * An effect over pictures, by its jackknife pseudo-values (Tukey, 1958): their mean is the estimate
 * without its bias of first order, and they stand for independent values in interval and tests.
 *
 * @param pseudo one per picture
 * @param squared whether they are of the square of the effect, which is unbiased where the effect
 *     itself, a root, is not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Effect(double[] pseudo, boolean squared) {
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
  public Estimate estimate() {
    Interval interval = StudentInterval.mean(pseudo, LEVEL);
    return new Estimate(
        scaled(Samples.mean(pseudo)),
        new Interval(scaled(interval.low()), scaled(interval.high()), LEVEL));
  }

  private double scaled(double value) {
    return squared ? Math.sqrt(Math.max(0, value)) : value;
  }

  /** One-sided p of an effect that is at most {@code threshold}: small if it is above. */
  public double pAbove(double threshold, RandomGenerator random) {
    return p(threshold, Alternative.GREATER, random);
  }

  /** One-sided p of an effect that is at least {@code threshold}: small if it is below. */
  public double pBelow(double threshold, RandomGenerator random) {
    return p(threshold, Alternative.LESS, random);
  }

  private double p(double threshold, Alternative alternative, RandomGenerator random) {
    double bound = squared ? threshold * threshold : threshold;
    return SignFlipTest.of(pseudo, bound, alternative, DRAWS, random).p();
  }
}
