package org.whisker.position;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.stats.ToroidalShift;

/**
 * The mean edge index tested against random toroidal shifts of each run, as {@link
 * ToroidalShift#test} does for any statistic, but fast enough for ten thousand images.
 */
final class ShiftedEdgeIndex {
  private static final int MOST_SHIFTS = 9_999;
  private static final int FEWEST_SHIFTS = 99;

  /** Each lookup of a pixel takes a nanosecond or two. */
  private static final long MOST_LOOKUPS = 500_000_000;

  private final PixelTable runs;
  // Distances to the nearer end along an axis, stored twice in a row so that a shift needs no
  // wrapping.
  private final int[] across;
  private final int[] down;
  private final double[] rankOfRing;

  private ShiftedEdgeIndex(PixelTable runs) {
    this.runs = runs;
    Canvas canvas = runs.canvas();
    across = distances(canvas.width());
    down = distances(canvas.height());
    EdgeRank rank = new EdgeRank(canvas);
    rankOfRing = IntStream.range(0, rank.rings()).mapToDouble(rank::ofRing).toArray();
  }

  private static int[] distances(int length) {
    return IntStream.range(0, 2 * length)
        .map(i -> Math.min(i % length, length - 1 - i % length))
        .toArray();
  }

  /**
   * The test of runs that all have a black pixel.
   *
   * @return with {@value #MOST_SHIFTS} shifts of each run, or fewer where there are many pixels
   */
  static ToroidalShift test(PixelTable runs, RandomGenerator random) {
    ShiftedEdgeIndex index = new ShiftedEdgeIndex(runs);
    long affordable = MOST_LOOKUPS / Math.max(1, runs.pixels());
    double[] shifted = new double[(int) Math.max(FEWEST_SHIFTS, Math.min(MOST_SHIFTS, affordable))];
    for (int draw = 0; draw < shifted.length; draw++) {
      shifted[draw] = index.shifted(random);
    }
    return ToroidalShift.of(index.observed(), shifted);
  }

  private double observed() {
    double sum = 0;
    for (int run = 0; run < runs.runs(); run++) {
      sum += index(run, 0, 0);
    }
    return sum / runs.runs();
  }

  private double shifted(RandomGenerator random) {
    Canvas canvas = runs.canvas();
    double sum = 0;
    for (int run = 0; run < runs.runs(); run++) {
      sum += index(run, random.nextInt(canvas.width()), random.nextInt(canvas.height()));
    }
    return sum / runs.runs();
  }

  private double index(int run, int dx, int dy) {
    double sum = 0;
    int end = runs.begin(run + 1);
    for (int at = runs.begin(run); at < end; at++) {
      sum += rankOfRing[Math.min(across[runs.x(at) + dx], down[runs.y(at) + dy])];
    }
    return sum / (end - runs.begin(run));
  }
}
