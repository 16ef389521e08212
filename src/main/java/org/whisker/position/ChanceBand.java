package org.whisker.position;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;

/**
 * Where the {@linkplain EdgeRank#edgeIndex edge index} of an image lies in 95 % of the cases when
 * its pixels are placed by chance: different pixels of the canvas, uniformly. It says nothing of a
 * set of runs, for which {@link EdgeBias} has a test; and pixels that hang together leave it more
 * often.
 *
 * @param low at most 2.5 % of such images lie below
 * @param high at most 2.5 % lie above
 */
public record ChanceBand(double low, double high) {
  /** Up to this many pixels, images are drawn; the mean of more is normal to within 0.002. */
  private static final int DRAWN = 30;

  private static final int DRAWS = 9_999;
  private static final double TAIL = 0.025;
  private static final double QUANTILE = 1.959964;

  public ChanceBand {
    if (!(low >= 0 && low <= high && high <= 1)) {
      throw new IllegalArgumentException("a band from " + low + " to " + high);
    }
  }

  /**
   * The band of that many pixels; the same for equal arguments.
   *
   * @param pixels 1 to all of the canvas
   */
  public static ChanceBand of(Canvas canvas, int pixels) {
    if (pixels < 1 || pixels > canvas.pixels()) {
      throw new IllegalArgumentException(pixels + " pixels on a " + canvas + " canvas");
    }
    EdgeRank rank = new EdgeRank(canvas);
    return pixels <= DRAWN && pixels <= canvas.pixels() / 2
        ? drawn(rank, pixels)
        : normal(rank, pixels);
  }

  private static ChanceBand drawn(EdgeRank rank, int pixels) {
    SplitMix64 random = SplitMix64.stream(1, "chance band", pixels);
    double[] means = new double[DRAWS];
    Set<Integer> taken = new HashSet<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      taken.clear();
      double sum = 0;
      while (taken.size() < pixels) {
        int pixel = random.nextInt(rank.canvas().pixels());
        sum += taken.add(pixel) ? rank.of(pixel) : 0;
      }
      means[draw] = sum / pixels;
    }
    Arrays.sort(means);
    int tail = (int) Math.round((DRAWS + 1) * TAIL);
    return new ChanceBand(means[tail - 1], means[DRAWS - tail]);
  }

  /** Drawn without putting back, so that the band of the whole canvas is a point. */
  private static ChanceBand normal(EdgeRank rank, int pixels) {
    int all = rank.canvas().pixels();
    double variance = 0;
    for (int ring = 0; ring < rank.rings(); ring++) {
      double away = rank.ofRing(ring) - 0.5;
      variance += away * away * rank.ringSize(ring) / all;
    }
    double left = all == 1 ? 0 : (all - pixels) / (all - 1.0);
    double reach = QUANTILE * Math.sqrt(variance / pixels * left);
    return new ChanceBand(Math.max(0, 0.5 - reach), Math.min(1, 0.5 + reach));
  }
}
