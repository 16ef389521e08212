package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.stats.TestResult.Alternative;

class RingRotationTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private static final EdgeRank RANK = new EdgeRank(CANVAS);

  private static List<BlackPixels> images(IntPredicate inside) {
    SplitMix64 random = new SplitMix64(5);
    List<BlackPixels> images = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      BlackPixels image = BlackPixels.none(CANVAS);
      while (image.count() < 12) {
        int pixel = random.nextInt(CANVAS.pixels());
        image = inside.test(pixel) && !image.contains(pixel) ? image.with(pixel) : image;
      }
      images.add(image);
    }
    return images;
  }

  private static double p(double[] map, List<BlackPixels> images) {
    return RingRotation.of(CANVAS, map).test(images, Alternative.TWO_SIDED).p();
  }

  @Test
  void ringsGoRoundFromNeighbourToNeighbour() {
    for (Canvas canvas : List.of(new Canvas(7, 5), new Canvas(4, 6), new Canvas(1, 3))) {
      int pixels = 0;
      for (int[] ring : RingRotation.rings(canvas)) {
        pixels += ring.length;
        for (int k = 0; k < ring.length; k++) {
          assertEquals(canvas.borderDistance(ring[0]), canvas.borderDistance(ring[k]));
          int next = ring[(k + 1) % ring.length];
          int step =
              Math.abs(canvas.x(ring[k]) - canvas.x(next))
                  + Math.abs(canvas.y(ring[k]) - canvas.y(next));
          assertTrue(step <= 1 || k == ring.length - 1, canvas + " " + k);
        }
      }
      assertEquals(canvas.pixels(), pixels);
    }
  }

  /** What the whole-canvas correlation takes for agreement is E once more. */
  @Test
  void aMapThatIsHighAtTheEdgeDoesNotAgreeWithPixelsAtTheEdge() {
    SplitMix64 random = new SplitMix64(3);
    double[] map =
        IntStream.range(0, CANVAS.pixels())
            .mapToDouble(i -> -RANK.of(i) + 0.01 * random.nextDouble())
            .toArray();
    List<BlackPixels> edge = images(i -> RANK.of(i) < 0.3);
    double overall =
        PatternCorrelation.of(edge, map, Alternative.TWO_SIDED, 999, new SplitMix64(1)).p();
    assertEquals(0.001, overall, 1e-9);
    assertTrue(p(map, edge) > 0.1, "p " + p(map, edge));
  }

  @Test
  void placesWithinRingsAreFound() {
    double[] map = IntStream.range(0, CANVAS.pixels()).mapToDouble(CANVAS::x).toArray();
    List<BlackPixels> right = images(i -> CANVAS.x(i) >= 12);
    assertTrue(p(map, right) < 0.03, "of 92 rotations at most the next are as far");
    double mean =
        right.stream().mapToDouble(RingRotation.of(CANVAS, map)::statistic).average().orElseThrow();
    assertEquals(0.5, mean, 0.1);
    BlackPixels all = BlackPixels.of(CANVAS, IntStream.range(0, CANVAS.pixels()).toArray());
    assertEquals(0, RingRotation.of(CANVAS, map).statistic(all), 1e-12);
  }

  /**
   * As runs on one network do: their places follow no map, and rotating them one by one would err.
   */
  @Test
  void runsThatShareTheirPlacesAreRotatedTogether() {
    int rejected = 0;
    for (int network = 0; network < 300; network++) {
      SplitMix64 random = SplitMix64.stream(network, "shared places", 0);
      double[] map = random.doubles(CANVAS.pixels()).toArray();
      boolean[] helps = new boolean[CANVAS.pixels()];
      IntStream.range(0, helps.length).forEach(i -> helps[i] = random.nextDouble() < 0.2);
      rejected += p(map, images(i -> helps[i])) <= 0.05 ? 1 : 0;
    }
    assertTrue(rejected <= 24, rejected + " of 300"); // 98 % of Binomial(300, 0.05)
  }

  @Test
  void aMapOfTheDistanceAloneIsConstantWithinRings() {
    double[] rank =
        IntStream.range(0, CANVAS.pixels())
            .mapToDouble(i -> RANK.of(i) * (1 + 1e-14 * (i % 3)))
            .toArray();
    assertTrue(RingRotation.of(CANVAS, rank).isConstant());
    rank[100] += 1e-3;
    assertFalse(RingRotation.of(CANVAS, rank).isConstant());
    assertTrue(RingRotation.of(CANVAS, new double[CANVAS.pixels()]).isConstant());
  }

  @Test
  void otherSizesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> RingRotation.of(CANVAS, new double[] {1, 2}));
    RingRotation rings = RingRotation.of(CANVAS, new double[CANVAS.pixels()]);
    assertThrows(IllegalArgumentException.class, () -> rings.statistic(BlackPixels.none(CANVAS)));
  }
}
