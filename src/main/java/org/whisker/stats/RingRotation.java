package org.whisker.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.stats.Correlation.Ties;
import org.whisker.stats.TestResult.Alternative;

/**
 * A test of whether black pixels lie where a map is high among the pixels at equal distance from
 * the border (a ring): the rank correlation of {@link PatternCorrelation} within rings, so that a
 * preference for the edge or the centre does not contribute.
 *
 * <p>The score of a pixel is its centred rank within its ring, scaled to −1 (lowest) to 1
 * (highest); the correlation of an image is the mean score of its black pixels. Under the null
 * hypothesis all patterns are rotated along the rings together, by the same fraction of each ring's
 * length: pixels keep their distance from the border and, except at the corners, their clustering
 * and their places relative to those of the other runs. Runs on one network share its helpful
 * places, so a null that rotates them one by one would be too narrow, by a factor of three on
 * trained networks. With it, more runs help little, and a map that is the same on all four sides
 * can hardly be shown to agree.
 */
public final class RingRotation {
  // of double arithmetic
  private static final double ROUNDING = 1e-9;

  private final Canvas canvas;
  // of each ring, from its upper left corner clockwise
  private final double[][] scores;
  private final int[] place;
  private final boolean constant;

  private RingRotation(Canvas canvas, double[] map) {
    this.canvas = canvas;
    this.place = new int[canvas.pixels()];
    int[][] rings = rings(canvas);
    this.scores = new double[rings.length][];
    double resolution = ROUNDING * DoubleStream.of(map).map(Math::abs).max().orElse(0);
    boolean varies = false;
    for (int r = 0; r < rings.length; r++) {
      int[] ring = rings[r];
      for (int k = 0; k < ring.length; k++) {
        place[ring[k]] = k;
      }
      scores[r] =
          scores(Ties.at(resolution, Arrays.stream(ring).mapToDouble(p -> map[p]).toArray()));
      varies |= DoubleStream.of(scores[r]).anyMatch(score -> score != 0);
    }
    this.constant = !varies;
  }

  /**
   * Ranks a map within the rings of its canvas; values that differ by less than 1e-9 of the largest
   * are ties.
   *
   * @param map row-major, finite
   */
  public static RingRotation of(Canvas canvas, double[] map) {
    Samples.checked("map", map, 1);
    if (map.length != canvas.pixels()) {
      throw new IllegalArgumentException(
          "a " + canvas + " map has " + canvas.pixels() + " values, got " + map.length);
    }
    return new RingRotation(canvas, map);
  }

  /** Ranks of the values on the scale from −1 to 1; their mean is 0. */
  private static double[] scores(double[] values) {
    double[] ranks = Correlation.ranksOf(values);
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = (2 * ranks[i] - (ranks.length + 1)) / ranks.length;
    }
    return ranks;
  }

  /** The pixels of each ring from the border inwards, clockwise from the upper left. */
  static int[][] rings(Canvas canvas) {
    List<int[]> rings = new ArrayList<>();
    for (int d = 0; 2 * d < Math.min(canvas.width(), canvas.height()); d++) {
      int right = canvas.width() - 1 - d;
      int bottom = canvas.height() - 1 - d;
      List<Integer> ring = new ArrayList<>();
      for (int x = d; x <= right; x++) {
        ring.add(canvas.index(x, d));
      }
      for (int y = d + 1; y <= bottom; y++) {
        ring.add(canvas.index(right, y));
      }
      for (int x = right - 1; bottom > d && x >= d; x--) {
        ring.add(canvas.index(x, bottom));
      }
      for (int y = bottom - 1; right > d && y > d; y--) {
        ring.add(canvas.index(d, y));
      }
      rings.add(ring.stream().mapToInt(Integer::intValue).toArray());
    }
    return rings.toArray(int[][]::new);
  }

  /** Whether the map is constant within every ring, so that the correlation is always 0. */
  public boolean isConstant() {
    return constant;
  }

  /**
   * The correlation of one image: the mean score of its black pixels.
   *
   * @param run with a black pixel, on the map's canvas
   */
  public double statistic(BlackPixels run) {
    if (!run.canvas().equals(canvas) || run.count() == 0) {
      throw new IllegalArgumentException(
          "a run on " + canvas + " with a black pixel is needed, was " + run);
    }
    return rotated(run, 0);
  }

  /**
   * Tests the mean over runs against its values under all rotations of all runs together, by each
   * place of the outermost ring.
   *
   * @param runs at least one, each with a black pixel
   */
  public TestResult test(List<BlackPixels> runs, Alternative alternative) {
    int rotations = scores[0].length;
    double observed = mean(runs, 0);
    long extreme = 0;
    for (int i = 0; i < rotations; i++) {
      double turned = mean(runs, (double) i / rotations);
      extreme += alternative.asExtreme(turned, observed, ROUNDING) ? 1 : 0;
    }
    return TestResult.exact(observed, extreme, rotations);
  }

  private double mean(List<BlackPixels> runs, double fraction) {
    return runs.stream().mapToDouble(run -> rotated(run, fraction)).average().orElseThrow();
  }

  private double rotated(BlackPixels run, double fraction) {
    double sum = 0;
    for (int i = 0; i < run.count(); i++) {
      int pixel = run.get(i);
      double[] ring = scores[canvas.borderDistance(pixel)];
      sum += ring[(place[pixel] + (int) (fraction * ring.length)) % ring.length];
    }
    return sum / run.count();
  }
}
