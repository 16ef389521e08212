package org.whisker.stats;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.whisker.stats.Estimate.Interval;

/**
 * The ratio of two means over the same units, such as a part of an effect to the whole. The
 * interval is a percentile bootstrap over units, which keeps the two together. It means something
 * where the whole is clearly not 0; resamples whose whole is 0 are left out.
 */
public final class Ratio {
  private static final int RESAMPLES = 4_999;
  private static final double LEVEL = 0.95;

  private Ratio() {}

  /** The mean of the parts by the mean of the wholes, unit by unit; of at least two units. */
  public static Estimate of(double[] part, double[] whole, RandomGenerator random) {
    Samples.checked("parts", part, 2);
    Samples.sameLength(part, whole);
    double[] again = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double above = 0;
      double below = 0;
      for (int j = 0; j < whole.length; j++) {
        int unit = random.nextInt(whole.length);
        above += part[unit];
        below += whole[unit];
      }
      again[i] = above / below;
    }
    double[] sorted = Arrays.stream(again).filter(Double::isFinite).sorted().toArray();
    int tail = (int) ((1 - LEVEL) / 2 * sorted.length);
    double value = Samples.mean(part) / Samples.mean(whole);
    return new Estimate(
        value,
        new Interval(
            Math.min(value, sorted[tail]),
            Math.max(value, sorted[sorted.length - 1 - tail]),
            LEVEL));
  }
}
