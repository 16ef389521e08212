package org.whisker.position;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * Relative densities, computed as in {@link PositionHeatmap} before smoothing, under the null
 * hypothesis: each run is replaced by a uniformly random set of the same size.
 */
final class NullFields {
  /** From this many pixels on, sets are not drawn individually. */
  private static final int MANY_PIXELS = 500_000;

  private final Canvas canvas;
  private final int[] counts;
  private final int[] shuffled;
  private final boolean exact;

  /** Fields for these runs, all with a black pixel, on one canvas. */
  NullFields(List<BlackPixels> runs) {
    canvas = Runs.canvas(runs);
    counts = runs.stream().mapToInt(BlackPixels::count).toArray();
    shuffled = IntStream.range(0, canvas.pixels()).toArray();
    exact = IntStream.of(counts).asLongStream().sum() < MANY_PIXELS;
  }

  /**
   * Whether sets are drawn. Otherwise their sum is approximated by normal numbers with the same
   * mean, variance and covariance, which is accurate where a kernel covers hundreds of pixels.
   */
  boolean exact() {
    return exact;
  }

  /** One draw; its mean is 1. */
  double[] draw(RandomGenerator random) {
    return exact ? sets(random) : normal(random);
  }

  private double[] sets(RandomGenerator random) {
    double[] field = new double[canvas.pixels()];
    for (int count : counts) {
      double weight = weight(count);
      for (int i = 0; i < count; i++) {
        // any initial order of the pixels will do, so the previous one is shuffled further
        int j = i + random.nextInt(shuffled.length - i);
        int drawn = shuffled[j];
        shuffled[j] = shuffled[i];
        shuffled[i] = drawn;
        field[drawn] += weight;
      }
    }
    return field;
  }

  private double weight(int count) {
    return (double) canvas.pixels() / count / counts.length;
  }

  /** Independent normal numbers minus their mean have the equal covariances of a fixed sum. */
  private double[] normal(RandomGenerator random) {
    int pixels = canvas.pixels();
    double variance = 0;
    for (int count : counts) {
      double share = (double) count / pixels;
      variance += weight(count) * weight(count) * share * (1 - share);
    }
    double sd = Math.sqrt(variance * pixels / Math.max(1, pixels - 1));
    double[] field = new double[pixels];
    double sum = 0;
    for (int i = 0; i < pixels; i++) {
      field[i] = sd * random.nextGaussian();
      sum += field[i];
    }
    for (int i = 0; i < pixels; i++) {
      field[i] += 1 - sum / pixels;
    }
    return field;
  }
}
