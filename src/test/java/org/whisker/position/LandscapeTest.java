package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.stats.TestResult;

class LandscapeTest {
  private static final Canvas CANVAS = new Canvas(24, 20);
  private final SplitMix64 random = new SplitMix64(9);

  private static ProbeMap map(Canvas canvas, double... delta) {
    return new ProbeMap("stub", PixelMap.of("probe", canvas, "logits", delta), 0);
  }

  /** Towards cat on the border and away from it in the middle, with some noise. */
  private ProbeMap planted() {
    EdgeRank rank = new EdgeRank(CANVAS);
    return map(
        CANVAS,
        IntStream.range(0, CANVAS.pixels())
            .mapToDouble(i -> rank.of(i) - 0.5 + 0.1 * random.nextGaussian())
            .toArray());
  }

  private TestResult test(ProbeMap probe, BlackPixels... runs) {
    return Landscape.correlation(List.of(runs), probe, random).orElseThrow();
  }

  @Test
  void predictsPixelsThatFollowIt() {
    BlackPixels edge = BlackPixels.of(CANVAS, 3, 20, 120, 143, 479, 465, 240);
    TestResult found = test(planted(), edge, edge, edge, edge);
    assertTrue(found.statistic() > 0.5 && found.p() < 0.05, found.toString());
    BlackPixels centre = BlackPixels.of(CANVAS, CANVAS.index(12, 10));
    assertTrue(test(planted(), centre).statistic() < -0.8);
  }

  @Test
  void whiteAndBlackRunsSayNothing() {
    ProbeMap probe = planted();
    BlackPixels edge = BlackPixels.of(CANVAS, 3, 20);
    BlackPixels black = BlackPixels.of(CANVAS, IntStream.range(0, CANVAS.pixels()).toArray());
    assertEquals(
        test(probe, edge).statistic(),
        test(probe, BlackPixels.none(CANVAS), edge, black).statistic());
    List<BlackPixels> nothing = List.of(BlackPixels.none(CANVAS), black);
    assertTrue(Landscape.correlation(nothing, probe, random).isEmpty());
  }

  @Test
  void needsAMapThatVariesOverTheSameCanvas() {
    List<BlackPixels> runs = List.of(BlackPixels.of(CANVAS, 3, 20));
    ProbeMap flat = map(CANVAS, new double[CANVAS.pixels()]);
    assertTrue(Landscape.correlation(runs, flat, random).isEmpty());
    ProbeMap other = map(new Canvas(2, 3), 1, 2, 3, 4, 5, 6);
    assertThrows(IllegalArgumentException.class, () -> Landscape.correlation(runs, other, random));
  }
}
