package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeRankTest {
  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "2,2", "5,5", "6,6", "4,9", "9,4", "128,128", "37,50"})
  void allPixelsTogetherAreExactlyAtOneHalf(int width, int height) {
    Canvas canvas = new Canvas(width, height);
    BlackPixels all = BlackPixels.of(canvas, IntStream.range(0, canvas.pixels()).toArray());
    assertEquals(0.5, new EdgeRank(canvas).edgeIndex(all).getAsDouble(), 0.0);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "2,2", "5,5", "6,6", "4,9", "9,4"})
  void isTheDefinition(int width, int height) {
    Canvas canvas = new Canvas(width, height);
    EdgeRank rank = new EdgeRank(canvas);
    for (int p = 0; p < canvas.pixels(); p++) {
      int d = canvas.borderDistance(p);
      long below = count(canvas, d, true);
      long same = count(canvas, d, false);
      assertEquals((below + 0.5 * same) / canvas.pixels(), rank.of(p), 1e-15);
      assertEquals(d, rank.ring(p));
      assertEquals(same, rank.ringSize(d));
      assertTrue(d < rank.rings());
    }
    assertTrue(rank.ringSize(rank.rings() - 1) > 0);
  }

  private static long count(Canvas canvas, int d, boolean below) {
    return IntStream.range(0, canvas.pixels())
        .map(canvas::borderDistance)
        .filter(other -> below ? other < d : other == d)
        .count();
  }

  @Test
  void edgeIndexOfKnownPatterns() {
    Canvas canvas = Canvas.square(5);
    EdgeRank rank = new EdgeRank(canvas);
    // Rings of 16, 8 and 1 pixels.
    assertEquals(8 / 25.0, rank.edgeIndex(BlackPixels.of(canvas, 0, 4, 20)).getAsDouble(), 1e-15);
    assertEquals(24.5 / 25, rank.edgeIndex(BlackPixels.of(canvas, 12)).getAsDouble(), 1e-15);
    assertEquals(
        (8 + 24.5) / 50, rank.edgeIndex(BlackPixels.of(canvas, 0, 12)).getAsDouble(), 1e-15);
    assertTrue(rank.edgeIndex(BlackPixels.none(canvas)).isEmpty());
  }

  @Test
  void refusesWhatIsNotOnItsCanvas() {
    EdgeRank rank = new EdgeRank(Canvas.square(5));
    assertThrows(IndexOutOfBoundsException.class, () -> rank.of(25));
    assertThrows(IndexOutOfBoundsException.class, () -> rank.of(-1));
    BlackPixels other = BlackPixels.of(Canvas.square(6), 1);
    assertThrows(IllegalArgumentException.class, () -> rank.edgeIndex(other));
  }
}
