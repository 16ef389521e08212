package org.whisker.saliency.faithfulness;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.SaliencyMap;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.TestResult.NullDistribution;
import org.whisker.table.Column;

/**
 * Random toroidal shifts of a map (Lotwick and Silverman, 1982): it is rolled over the borders by
 * any step but zero with equal probability. This preserves the values and the smoothness of a map
 * and destroys its position, so it is a fairer null distribution than random orders of single
 * pixels, which any smooth map may beat.
 *
 * <p>In a map that is 0 at half of the pixels or more, such as one of black pixels, the values are
 * shifted cyclically along the other pixels, row by row.
 */
public final class MapRolls {
  private final Canvas canvas;
  private final int[] support;
  private final long seed;

  /**
   * Shifts of maps that share these pixels.
   *
   * @param counts whether a pixel is not 0; if more than half are, all count
   */
  MapRolls(Canvas canvas, IntPredicate counts, long seed) {
    this.canvas = canvas;
    this.support = IntStream.range(0, canvas.pixels()).filter(counts).toArray();
    this.seed = seed;
  }

  static MapRolls of(SaliencyMap map, long seed) {
    return new MapRolls(map.canvas(), i -> map.at(i) != 0, seed);
  }

  /** The map after shift {@code number}, the same for all maps. */
  SaliencyMap rolled(SaliencyMap map, int number) {
    SplitMix64 random = SplitMix64.stream(seed, "rolled maps", number);
    float[] values = new float[canvas.pixels()];
    if (2 * support.length > canvas.pixels()) {
      int step = 1 + random.nextInt(canvas.pixels() - 1);
      for (int i = 0; i < values.length; i++) {
        values[moved(i, canvas.x(step), canvas.y(step))] = map.at(i);
      }
    } else {
      int step = support.length < 2 ? 0 : 1 + random.nextInt(support.length - 1);
      for (int i = 0; i < support.length; i++) {
        values[support[(i + step) % support.length]] = map.at(support[i]);
      }
    }
    return new SaliencyMap(canvas, values, map.unit(), map.method(), map.sign());
  }

  private int moved(int pixel, int dx, int dy) {
    return canvas.index(
        (canvas.x(pixel) + dx) % canvas.width(), (canvas.y(pixel) + dy) % canvas.height());
  }

  /**
   * Null distribution of a measure of a map: its values for the map under toroidal shifts.
   *
   * @param low lower end of the central 95 %, or of the range of fewer than 79 shifted maps
   * @param p at least 1 / (shifts + 1)
   */
  public record RolledNull(
      @Column(meaning = "mean of the measure over the shifted maps") double mean,
      @Column(meaning = "lower end of the central 95 % of the shifted maps") double low,
      @Column(meaning = "upper end of these") double high,
      @Column(
              unit = "probability",
              meaning = "one-sided p-value: how often a shifted map does at least as well")
          double p) {
    public RolledNull {
      if (!Double.isFinite(mean) || !(p > 0 && p <= 1)) {
        throw new IllegalArgumentException("a null has a mean and a p, was " + mean + " and " + p);
      }
    }

    /**
     * Compares an observed value with those of shifted maps.
     *
     * @param highIsGood whether a higher value is better
     * @return empty without shifts
     */
    static Optional<RolledNull> of(double observed, double[] rolled, boolean highIsGood) {
      if (rolled.length == 0) {
        return Optional.empty();
      }
      double p =
          highIsGood
              ? NullDistribution.pAtLeast(rolled, observed)
              : NullDistribution.pAtMost(rolled, observed);
      double mean = Arrays.stream(rolled).average().orElseThrow();
      Interval middle = NullDistribution.middle(rolled);
      return Optional.of(new RolledNull(mean, middle.low(), middle.high(), p));
    }
  }
}
