package org.whisker.stats;

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

class ToroidalShiftTest {
  private static final Canvas CANVAS = new Canvas(9, 7);
  private static final EdgeRank RANK = new EdgeRank(CANVAS);
  private final SplitMix64 random = new SplitMix64(18);

  private static double edgeIndex(BlackPixels image) {
    return RANK.edgeIndex(image).getAsDouble();
  }

  @Test
  void shiftRollsOverTheBorders() {
    BlackPixels image = BlackPixels.of(CANVAS, 0, CANVAS.index(8, 6));
    BlackPixels rolled = ToroidalShift.shift(image, 1, -1);
    assertEquals(BlackPixels.of(CANVAS, CANVAS.index(1, 6), CANVAS.index(0, 5)), rolled);
    assertEquals(image, ToroidalShift.shift(rolled, -1 - 9 * 4, 1 + 7 * 5));
  }

  @Test
  void nullOfOnePixelIsTheWholeCanvas() {
    BlackPixels corner = BlackPixels.of(CANVAS, 0);
    ToroidalShift result =
        ToroidalShift.test(List.of(corner), ToroidalShiftTest::edgeIndex, 5_000, random);
    assertEquals(edgeIndex(corner), result.observed());
    assertEquals(0.5, result.nullMean(), 0.015);
    // 28 of 63 pixels lie on the border: each tail is the whole ring.
    assertEquals(2 * 28 / 63.0, result.p(), 0.04);
  }

  @Test
  void clusteredEdgePatternsAreFoundTogether() {
    List<BlackPixels> images =
        IntStream.range(0, 12).mapToObj(y -> BlackPixels.of(CANVAS, y % 9, (y + 1) % 9)).toList();
    ToroidalShift result = ToroidalShift.test(images, ToroidalShiftTest::edgeIndex, 999, random);
    assertTrue(result.p() <= 0.01, result.toString());
    assertTrue(result.observed() < result.nullMean() - 3 * result.nullSd());
  }

  @Test
  void rejectsRandomPlacesAsOftenAsAlpha() {
    Canvas canvas = new Canvas(24, 20);
    EdgeRank rank = new EdgeRank(canvas);
    BlackPixels cluster = BlackPixels.of(canvas, 0, 1, 2, 24, 25, 70);
    Simulated.assertRejectsAsOftenAsAlpha(
        () -> {
          List<BlackPixels> images =
              List.of(anywhere(cluster), anywhere(cluster), anywhere(cluster));
          return ToroidalShift.test(
                      images, image -> rank.edgeIndex(image).getAsDouble(), 199, random)
                  .p()
              <= 0.05;
        });
  }

  private BlackPixels anywhere(BlackPixels image) {
    return ToroidalShift.shift(image, random.nextInt(24), random.nextInt(20));
  }

  @Test
  void refusesNothingAndNaN() {
    BlackPixels image = BlackPixels.of(CANVAS, 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> ToroidalShift.test(List.of(), ToroidalShiftTest::edgeIndex, 9, random));
    assertThrows(
        IllegalArgumentException.class,
        () -> ToroidalShift.test(List.of(image), any -> Double.NaN, 9, random));
  }
}
