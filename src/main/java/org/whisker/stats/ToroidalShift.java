package org.whisker.stats;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.value.Checks;

/**
 * Tests the position of a pattern against the same pattern elsewhere: a toroidal shift rolls the
 * image over its borders, which preserves the clustering of the pixels but not their position
 * (Lotwick and Silverman, 1982). The statistic must depend on position; a shift-invariant one
 * cannot be tested.
 *
 * @param observed the mean of the statistic over the images
 * @param nullMean its mean over the shifts drawn
 * @param nullSd its standard deviation over the shifts drawn
 * @param p two-sided: twice the smaller tail, at most 1
 * @param shifts how many shifts of each image were drawn
 */
public record ToroidalShift(double observed, double nullMean, double nullSd, double p, int shifts) {
  private static final double ROUNDING = 1e-12;

  public ToroidalShift {
    Checks.require(
        Double.isFinite(observed + nullMean + nullSd),
        "the statistic must be finite, was %s, shifted %s",
        observed,
        nullMean);
    Checks.require(p > 0 && p <= 1, "p must be above 0 and at most 1, was %s", p);
  }

  /**
   * The mean over several images (the best of each run), each shifted independently.
   *
   * @param shifts at least 2
   */
  public static ToroidalShift test(
      List<BlackPixels> images,
      ToDoubleFunction<BlackPixels> statistic,
      int shifts,
      RandomGenerator random) {
    if (images.isEmpty() || shifts < 2) {
      throw new IllegalArgumentException(
          "needs at least 1 image and 2 shifts, has " + images.size() + " and " + shifts);
    }
    double observed = images.stream().mapToDouble(statistic).average().orElseThrow();
    double[] shifted = new double[shifts];
    for (int i = 0; i < shifts; i++) {
      double sum = 0;
      for (BlackPixels image : images) {
        sum += statistic.applyAsDouble(shiftedAnywhere(image, random));
      }
      shifted[i] = sum / images.size();
    }
    return of(observed, shifted);
  }

  /**
   * Tests a statistic whose values are computed elsewhere, for speed.
   *
   * @param shifted at least 2 values, each from a new shift of every image
   */
  public static ToroidalShift of(double observed, double[] shifted) {
    Samples.checked("shifted statistic", shifted, 2);
    double rounding = ROUNDING * Math.max(1, Math.abs(observed));
    long above = 0;
    long below = 0;
    for (double value : shifted) {
      above += Alternative.GREATER.asExtreme(value, observed, rounding) ? 1 : 0;
      below += Alternative.LESS.asExtreme(value, observed, rounding) ? 1 : 0;
    }
    double tail = (Math.min(above, below) + 1.0) / (shifted.length + 1.0);
    double sd = Math.sqrt(Samples.variance(shifted));
    return new ToroidalShift(
        observed, Samples.mean(shifted), sd, Math.min(1, 2 * tail), shifted.length);
  }

  private static BlackPixels shiftedAnywhere(BlackPixels image, RandomGenerator random) {
    Canvas canvas = image.canvas();
    int dx = random.nextInt(canvas.width());
    int dy = random.nextInt(canvas.height());
    return shift(image, dx, dy);
  }

  /** The image rolled right by dx and down by dy (left and up when negative). */
  public static BlackPixels shift(BlackPixels image, int dx, int dy) {
    Canvas canvas = image.canvas();
    int[] moved = image.indices();
    for (int i = 0; i < moved.length; i++) {
      int x = Math.floorMod(canvas.x(moved[i]) + (long) dx, canvas.width());
      int y = Math.floorMod(canvas.y(moved[i]) + (long) dy, canvas.height());
      moved[i] = canvas.index(x, y);
    }
    return BlackPixels.of(canvas, moved);
  }
}
