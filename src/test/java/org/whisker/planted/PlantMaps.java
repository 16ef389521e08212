package org.whisker.planted;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

/** Maps over the canvas that plants are made of; row by row. */
public final class PlantMaps {
  /** The canvas of all maps: its side is a multiple of all their periods. */
  public static final Canvas CANVAS = Canvas.square(32);

  /** Rings of the edge: 44 % of all pixels. */
  private static final int EDGE = 4;

  /** The centre begins a quarter of the side away from the border. */
  private static final int CENTRE = 8;

  private static final int TILE = 4;
  private static final int SCATTERED = 400;

  private PlantMaps() {}

  /** One value everywhere. */
  public static double[] even(double value) {
    return where(p -> true, value, 0);
  }

  /** One value in the outer four rings, another elsewhere. */
  public static double[] edge(double there, double elsewhere) {
    return where(p -> CANVAS.borderDistance(p) < EDGE, there, elsewhere);
  }

  /** One value in the middle quarter, another elsewhere. */
  public static double[] centre(double there, double elsewhere) {
    return where(p -> CANVAS.borderDistance(p) >= CENTRE, there, elsewhere);
  }

  /** One value in the right half, another in the left. */
  public static double[] right(double there, double elsewhere) {
    return where(p -> 2 * CANVAS.x(p) >= CANVAS.width(), there, elsewhere);
  }

  /** One value in every second column, another elsewhere; both lie as deep as all columns. */
  public static double[] columns(double there, double elsewhere) {
    return where(p -> CANVAS.x(p) % 2 == 1, there, elsewhere);
  }

  /** A map in the upper left and lower right quarters, one value in the others. */
  public static double[] inQuarters(double[] map, double elsewhere) {
    return masked(map, PlantMaps::inDiagonal, elsewhere);
  }

  /** A map in the upper right and lower left quarters, one value in the others. */
  public static double[] inOtherQuarters(double[] map, double elsewhere) {
    return masked(map, p -> !inDiagonal(p), elsewhere);
  }

  private static boolean inDiagonal(int p) {
    return 2 * CANVAS.x(p) < CANVAS.width() == 2 * CANVAS.y(p) < CANVAS.height();
  }

  private static double[] masked(double[] map, IntPredicate there, double elsewhere) {
    return IntStream.range(0, map.length)
        .mapToDouble(p -> there.test(p) ? map[p] : elsewhere)
        .toArray();
  }

  /** Tiles in two values, like a chessboard: alike in all rings. */
  public static double[] tiles(double dark, double light) {
    return where(p -> (CANVAS.x(p) / TILE + CANVAS.y(p) / TILE) % 2 == 0, dark, light);
  }

  /**
   * Two values in no order that is seen, each in half of the pixels at any distance from the
   * border: pixels of either value lie as deep.
   */
  public static double[] texture(double dark, double light) {
    double[] map = new double[CANVAS.pixels()];
    SplitMix64 random = SplitMix64.stream(1, "planted texture", 0);
    for (int distance = 0; 2 * distance < CANVAS.width(); distance++) {
      int ring = distance;
      int[] pixels =
          IntStream.range(0, map.length).filter(p -> CANVAS.borderDistance(p) == ring).toArray();
      for (int i = pixels.length; i > 0; i--) {
        int j = random.nextInt(i);
        map[pixels[j]] = 2 * i > pixels.length ? dark : light;
        pixels[j] = pixels[i - 1];
      }
    }
    return map;
  }

  /** 1 or −1, in no order, in the outer four rings, as many of either; 0 elsewhere. */
  public static double[] signedEdge() {
    double[] signs = texture(1, -1);
    return masked(signs, p -> CANVAS.borderDistance(p) < EDGE, 0);
  }

  /**
   * A map in one place of every cell of 4 × 4 pixels, 0 elsewhere: what one channel of a plant that
   * is cut into layers has read.
   */
  public static double[] ofChannel(double[] map) {
    return masked(map, p -> CANVAS.x(p) % TILE == 1 && CANVAS.y(p) % TILE == 1, 0);
  }

  /** One value in the outer four rows at the top, another elsewhere. */
  public static double[] top(double there, double elsewhere) {
    return where(p -> CANVAS.y(p) < EDGE, there, elsewhere);
  }

  /** One value in 400 places in no order and at no preferred depth, another elsewhere. */
  public static double[] scattered(double there, double elsewhere) {
    return scattered(0, there, elsewhere);
  }

  /**
   * One value in 400 places, another elsewhere; the places are drawn anew for each number of a
   * network.
   */
  public static double[] scattered(int network, double there, double elsewhere) {
    SplitMix64 random = SplitMix64.stream(1, "planted places", network);
    boolean[] drawn = new boolean[CANVAS.pixels()];
    for (int left = SCATTERED; left > 0; ) {
      int pixel = random.nextInt(drawn.length);
      left -= drawn[pixel] ? 0 : 1;
      drawn[pixel] = true;
    }
    return where(p -> drawn[p], there, elsewhere);
  }

  /** One value in nine places of the centre, another elsewhere. */
  public static double[] few(double there, double elsewhere) {
    return where(p -> isFew(CANVAS.x(p)) && isFew(CANVAS.y(p)), there, elsewhere);
  }

  private static boolean isFew(int at) {
    return at == CENTRE || at == 2 * CENTRE || at == 3 * CENTRE - 1;
  }

  /**
   * The number of paths that lead from a pixel into a deep network: the product of the steps to
   * beyond the nearer border, across and down, scaled to a mean of {@code mean}.
   */
  public static double[] paths(double mean) {
    return scaled(
        IntStream.range(0, CANVAS.pixels())
            .mapToDouble(p -> depth(CANVAS.x(p)) * depth(CANVAS.y(p)))
            .toArray(),
        mean);
  }

  /** Paths that are most at the edge, and in dark tiles more than in light ones; the mean is 1. */
  public static double[] edgePaths() {
    double[] rings = edge(3, 1);
    double[] tiles = tiles(3, 1);
    return scaled(
        IntStream.range(0, rings.length).mapToDouble(p -> rings[p] * tiles[p]).toArray(), 1);
  }

  private static double depth(int at) {
    return 1 + Math.min(at, CANVAS.width() - 1 - at);
  }

  private static double[] scaled(double[] map, double mean) {
    double is = IntStream.range(0, map.length).mapToDouble(p -> map[p]).average().orElseThrow();
    return IntStream.range(0, map.length).mapToDouble(p -> map[p] * mean / is).toArray();
  }

  private static double[] where(IntPredicate there, double value, double elsewhere) {
    return IntStream.range(0, CANVAS.pixels())
        .mapToDouble(p -> there.test(p) ? value : elsewhere)
        .toArray();
  }
}
