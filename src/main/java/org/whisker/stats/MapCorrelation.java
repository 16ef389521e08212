package org.whisker.stats;

import java.util.random.RandomGenerator;
import org.whisker.image.Canvas;
import org.whisker.stats.TestResult.Alternative;

/**
 * Rank correlation of two maps over the same canvas. Neighbouring pixels are correlated, so a
 * p-value that assumes independence is far too small. Here the null distribution comes from
 * toroidal shifts: one map is rolled over the borders relative to the other, which preserves the
 * spatial structure of each and destroys their alignment (Lotwick and Silverman, 1982).
 */
public final class MapCorrelation {
  private static final int MOST_EXACT = 1 << 14;
  private static final double ROUNDING = 1e-12;

  private MapCorrelation() {}

  /**
   * Spearman's rho of two row-major maps, tested against 0, its mean over all shifts. Up to 16,384
   * pixels all shifts are evaluated, otherwise a random sample of them.
   *
   * @param draws how many shifts to draw when there are more than that
   * @throws IllegalArgumentException if a map is constant, not finite, or does not match the canvas
   */
  public static TestResult spearman(
      Canvas canvas,
      double[] a,
      double[] b,
      Alternative alternative,
      int draws,
      RandomGenerator random) {
    TestResult.checkedDraws(draws);
    if (a.length != canvas.pixels()) {
      throw new IllegalArgumentException(
          "a " + canvas + " map has " + canvas.pixels() + " values, got " + a.length);
    }
    double rho = Correlation.spearman(a, b);
    Pair ranks = new Pair(canvas, centredRanks(a), centredRanks(b));
    double observed = ranks.shifted(0, 0);
    double rounding = ROUNDING * ranks.size();
    boolean exact = canvas.pixels() <= MOST_EXACT;
    long extreme = 0;
    for (int i = 0; i < (exact ? canvas.pixels() : draws); i++) {
      int shift = exact ? i : random.nextInt(canvas.pixels());
      double value = ranks.shifted(canvas.x(shift), canvas.y(shift));
      extreme += alternative.asExtreme(value, observed, rounding) ? 1 : 0;
    }
    return exact
        ? TestResult.exact(rho, extreme, canvas.pixels())
        : TestResult.sampled(rho, extreme, draws);
  }

  private static double[] centredRanks(double[] map) {
    return Samples.minus(Correlation.ranksOf(map), (map.length + 1) / 2.0);
  }

  /** Two maps, and the sum of their products when the second is rolled. */
  private static final class Pair {
    private final Canvas canvas;
    private final double[] a;
    private final double[] b;

    Pair(Canvas canvas, double[] a, double[] b) {
      this.canvas = canvas;
      this.a = a;
      this.b = b;
    }

    /** The order of magnitude of the terms, to bound the rounding error of a sum. */
    double size() {
      double size = 0;
      for (double value : a) {
        size += value * value;
      }
      return size;
    }

    double shifted(int dx, int dy) {
      int width = canvas.width();
      int height = canvas.height();
      double sum = 0;
      for (int y = 0; y < height; y++) {
        int row = y * width;
        int other = (y + dy) % height * width;
        sum += dot(row, other + dx, width - dx) + dot(row + width - dx, other, dx);
      }
      return sum;
    }

    private double dot(int fromA, int fromB, int length) {
      double sum = 0;
      for (int i = 0; i < length; i++) {
        sum += a[fromA + i] * b[fromB + i];
      }
      return sum;
    }
  }
}
