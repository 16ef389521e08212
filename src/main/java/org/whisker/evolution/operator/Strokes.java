package org.whisker.evolution.operator;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

/**
 * Straight runs of {@value #SHORTEST} to {@value #LONGEST} adjacent pixels, across, down or
 * diagonal, cut off where the region ends.
 */
public final class Strokes {
  static final int SHORTEST = 2;
  static final int LONGEST = 6;
  private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

  private Strokes() {}

  /**
   * A stroke, uniform over all strokes of its length and direction that intersect the region. Every
   * pixel lies on the same number of them (including those that extend beyond the region), so all
   * pixels of the region are covered with equal probability, at the border as in the middle.
   */
  public static BlackPixels anywhere(Region region, RandomGenerator random) {
    int length = random.nextInt(SHORTEST, LONGEST + 1);
    int[] direction = DIRECTIONS[random.nextInt(DIRECTIONS.length)];
    while (true) {
      int anchor = region.get(random.nextInt(region.size()));
      BlackPixels stroke = through(anchor, length, direction, region, random);
      // A stroke can be drawn from each of its pixels: rejection corrects for that.
      if (random.nextInt(stroke.count()) == 0) {
        return stroke;
      }
    }
  }

  /** A stroke through {@code anchor}, at any position along it. */
  static BlackPixels over(int anchor, Region region, RandomGenerator random) {
    int length = random.nextInt(SHORTEST, LONGEST + 1);
    int[] direction = DIRECTIONS[random.nextInt(DIRECTIONS.length)];
    return through(anchor, length, direction, region, random);
  }

  private static BlackPixels through(
      int anchor, int length, int[] direction, Region region, RandomGenerator random) {
    Canvas canvas = region.canvas();
    int before = random.nextInt(length);
    int[] pixels =
        IntStream.range(-before, length - before)
            .map(step -> pixel(canvas, anchor, step * direction[0], step * direction[1]))
            .filter(pixel -> pixel >= 0 && region.contains(pixel))
            .toArray();
    return BlackPixels.of(canvas, pixels);
  }

  /** The pixel at this offset from {@code from}, or -1 off the canvas. */
  static int pixel(Canvas canvas, int from, int dx, int dy) {
    int x = canvas.x(from) + dx;
    int y = canvas.y(from) + dy;
    return canvas.contains(x, y) ? canvas.index(x, y) : -1;
  }
}
