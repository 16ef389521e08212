package org.whisker.position;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * A two-dimensional test of uniformity: the canvas is divided into blocks, and the statistic is the
 * variance over blocks of the relative density, averaged over runs. Under the null hypothesis every
 * run's pattern is shifted over the borders by its own random offset, which preserves the
 * clustering of its pixels (Lotwick and Silverman, 1982), so that runs do not agree on any
 * position. It needs at least two runs.
 *
 * <p>Runs on one network share its places, and that is what this test finds: on a network that
 * knows no places, a run can be shifted by itself. It does not say which places, or why.
 *
 * @param blocksAcross number of blocks from left to right
 * @param blocksDown number of blocks from top to bottom
 * @param variance over blocks, weighted by area
 * @param nullVariance its mean over the draws
 * @param p one-sided
 * @param draws number of random shifts of all runs
 */
public record BlockUniformity(
    int blocksAcross, int blocksDown, double variance, double nullVariance, double p, int draws) {
  private static final int MOST_BLOCKS = 8;

  /** Fewest pixels of a block: every set of few pixels is uneven over blocks of a single pixel. */
  private static final int FEWEST_PIXELS = 4;

  private static final double ROUNDING = 1e-12;

  /** Shifts every run; counts them in blocks. */
  private static final class Counts {
    private final Canvas canvas;
    private final PixelTable table;
    private final int[] column;
    private final int[] row;
    private final int across;
    private final int blocks;
    private final double[] area;

    Counts(List<BlackPixels> runs) {
      table = new PixelTable(runs);
      canvas = table.canvas();
      across = blocks(canvas.width());
      int down = blocks(canvas.height());
      blocks = across * down;
      // twice in a row, so that shifting needs no remainder
      column = IntStream.range(0, 2 * canvas.width()).map(x -> block(x, canvas.width())).toArray();
      row =
          IntStream.range(0, 2 * canvas.height())
              .map(y -> across * block(y, canvas.height()))
              .toArray();
      area = new double[blocks];
      for (int i = 0; i < canvas.pixels(); i++) {
        area[column[canvas.x(i)] + row[canvas.y(i)]] += 1.0 / canvas.pixels();
      }
    }

    private static int block(int at, int length) {
      return at % length * blocks(length) / length;
    }

    private void add(double[] density, int run, int dx, int dy) {
      double weight = 1.0 / table.runs() / (table.begin(run + 1) - table.begin(run));
      for (int at = table.begin(run); at < table.begin(run + 1); at++) {
        density[column[table.x(at) + dx] + row[table.y(at) + dy]] += weight;
      }
    }

    double observed() {
      double[] density = new double[blocks];
      IntStream.range(0, table.runs()).forEach(run -> add(density, run, 0, 0));
      return variance(density);
    }

    double shifted(RandomGenerator random) {
      double[] density = new double[blocks];
      for (int run = 0; run < table.runs(); run++) {
        add(density, run, random.nextInt(canvas.width()), random.nextInt(canvas.height()));
      }
      return variance(density);
    }

    /**
     * Variance between blocks of the density relative to a uniform one, weighted by the blocks'
     * areas.
     */
    private double variance(double[] density) {
      double sum = 0;
      for (int b = 0; b < blocks; b++) {
        double relative = density[b] / area[b] - 1;
        sum += area[b] * relative * relative;
      }
      return sum;
    }
  }

  /**
   * Tests runs.
   *
   * @param runs at least two, on one canvas, each with a black pixel
   * @param draws at least 1
   */
  public static BlockUniformity of(List<BlackPixels> runs, int draws, RandomGenerator random) {
    if (runs.size() < 2 || draws < 1) {
      throw new IllegalArgumentException(
          "uniformity needs at least 2 runs and 1 draw, has " + runs.size() + " and " + draws);
    }
    Counts counts = new Counts(runs);
    double observed = counts.observed();
    double[] shifted = DoubleStream.generate(() -> counts.shifted(random)).limit(draws).toArray();
    long extreme =
        DoubleStream.of(shifted).filter(v -> v >= observed - ROUNDING * observed).count();
    Canvas canvas = runs.get(0).canvas();
    return new BlockUniformity(
        blocks(canvas.width()),
        blocks(canvas.height()),
        observed,
        DoubleStream.of(shifted).average().orElseThrow(),
        (extreme + 1.0) / (draws + 1.0),
        draws);
  }

  private static int blocks(int length) {
    return Math.max(1, Math.min(MOST_BLOCKS, length / FEWEST_PIXELS));
  }

  /**
   * How much the variance exceeds that of shifted patterns, relative to it: 0 is none, 1 twice as
   * large.
   */
  public double excess() {
    return nullVariance == 0 ? 0 : variance / nullVariance - 1;
  }
}
