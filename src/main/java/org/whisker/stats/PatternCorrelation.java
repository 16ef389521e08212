package org.whisker.stats;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.value.Checks;

/**
 * Whether black pixels lie where a map is high: the rank-biserial correlation (Cureton, 1956) of
 * being black and the map's value, a mean over runs. 1: a run has exactly the highest pixels; −1:
 * the lowest; 0 is its mean over all shifts of a pattern.
 *
 * <p>Under the null hypothesis every run's pattern is shifted over the borders independently, which
 * preserves the clustering of its pixels. The run is the unit: the more runs, the smaller the
 * effect that is detected. Rolling the density of all runs as one map ({@link MapCorrelation})
 * would preserve how the runs lie relative to each other, and more runs would then help little: a
 * density and a map that both follow the border still resemble each other when rolled by half the
 * canvas.
 *
 * <p>The map is treated as fixed, not as a sample: a rejection says that these runs lie where this
 * map is high, whatever the reason.
 */
public final class PatternCorrelation {
  private static final int MOST_EXACT = 1 << 14;
  private static final double ROUNDING = 1e-12;

  private final Canvas canvas;
  private final double[] scores;
  private final List<BlackPixels> runs;

  private PatternCorrelation(Canvas canvas, double[] scores, List<BlackPixels> runs) {
    this.canvas = canvas;
    this.scores = scores;
    this.runs = runs;
  }

  /**
   * Tests the mean correlation against 0.
   *
   * @param runs at least one, on one canvas, each with black and with white pixels
   * @param map row-major over that canvas, not constant
   * @param shifts how many times to shift all patterns, at least 1
   */
  public static TestResult of(
      List<BlackPixels> runs,
      double[] map,
      Alternative alternative,
      int shifts,
      RandomGenerator random) {
    TestResult.checkedDraws(shifts);
    PatternCorrelation test = new PatternCorrelation(canvas(runs, map), scores(map), runs);
    double observed = test.mean(run -> 0);
    long extreme = 0;
    for (int i = 0; i < shifts; i++) {
      double shifted = test.mean(random::nextInt);
      extreme += alternative.asExtreme(shifted, observed, ROUNDING) ? 1 : 0;
    }
    return TestResult.sampled(observed, extreme, shifts);
  }

  /**
   * Tests the mean correlation against its values under shifts of all runs together, which keep how
   * the runs lie relative to each other: runs on one network share its places. Up to 16,384 pixels
   * all shifts are evaluated, otherwise a random sample of them.
   *
   * @param shifts how many to draw when there are more than that
   */
  public static TestResult together(
      List<BlackPixels> runs,
      double[] map,
      Alternative alternative,
      int shifts,
      RandomGenerator random) {
    TestResult.checkedDraws(shifts);
    PatternCorrelation test = new PatternCorrelation(canvas(runs, map), scores(map), runs);
    int pixels = test.canvas.pixels();
    boolean exact = pixels <= MOST_EXACT;
    double observed = test.shifted(0);
    long extreme = 0;
    for (int i = 0; i < (exact ? pixels : shifts); i++) {
      double shifted = test.shifted(exact ? i : random.nextInt(pixels));
      extreme += alternative.asExtreme(shifted, observed, ROUNDING) ? 1 : 0;
    }
    return exact
        ? TestResult.exact(observed, extreme, pixels)
        : TestResult.sampled(observed, extreme, shifts);
  }

  /** The mean correlation when all runs are shifted as the first pixel is to this one. */
  private double shifted(int to) {
    double sum = 0;
    for (BlackPixels run : runs) {
      sum += correlation(run, canvas.x(to), canvas.y(to));
    }
    return sum / runs.size();
  }

  private static Canvas canvas(List<BlackPixels> runs, double[] map) {
    Checks.refuse(runs.isEmpty(), "a correlation over runs needs at least 1 run, has 0");
    Canvas canvas = runs.get(0).canvas();
    for (BlackPixels run : runs) {
      if (!run.canvas().equals(canvas) || map.length != canvas.pixels()) {
        throw new IllegalArgumentException(
            "runs on " + canvas + " and " + run.canvas() + ", a map of " + map.length + " pixels");
      }
      if (run.count() == 0 || run.count() == canvas.pixels()) {
        throw new IllegalArgumentException(
            "a run needs black and white pixels, has " + run.count() + " black ones");
      }
    }
    return canvas;
  }

  /** Twice the ranks, centred: exact integers. */
  private static double[] scores(double[] map) {
    double[] ranks = Correlation.ranksOf(Samples.checked("map", map, 2));
    boolean constant = true;
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = 2 * ranks[i] - (ranks.length + 1);
      constant &= ranks[i] == 0;
    }
    if (constant) {
      throw new IllegalArgumentException("the map is constant (" + map[0] + ")");
    }
    return ranks;
  }

  /**
   * @param shift supplies the number of pixels, below a bound, by which to shift the next pattern
   */
  private double mean(IntUnaryOperator shift) {
    double sum = 0;
    for (BlackPixels run : runs) {
      sum += correlation(run, shift.applyAsInt(canvas.width()), shift.applyAsInt(canvas.height()));
    }
    return sum / runs.size();
  }

  private double correlation(BlackPixels run, int dx, int dy) {
    double sum = 0;
    for (int i = 0; i < run.count(); i++) {
      int x = (canvas.x(run.get(i)) + dx) % canvas.width();
      int y = (canvas.y(run.get(i)) + dy) % canvas.height();
      sum += scores[canvas.index(x, y)];
    }
    return sum / run.count() / (canvas.pixels() - run.count());
  }
}
