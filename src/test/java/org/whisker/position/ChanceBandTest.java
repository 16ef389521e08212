package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.position.EdgeBias.ChanceBand;
import org.whisker.random.SplitMix64;

class ChanceBandTest {
  /** Drawn and normal bands alike; the standard error of a share of 4,000 is 0.0034. */
  @ParameterizedTest
  @CsvSource({"2,20,20", "7,32,24", "30,20,20", "31,20,20", "150,32,24", "390,20,20"})
  void holdsRandomImagesAsOftenAsItSays(int pixels, int width, int height) {
    Canvas canvas = new Canvas(width, height);
    ChanceBand band = ChanceBand.of(canvas, pixels);
    SplitMix64 random = SplitMix64.stream(99, "other images", pixels);
    int draws = 4_000;
    int below = 0;
    int above = 0;
    for (int i = 0; i < draws; i++) {
      double e = index(canvas, pixels, random);
      below += e < band.low() ? 1 : 0;
      above += e > band.high() ? 1 : 0;
    }
    double outside = (below + above) / (double) draws;
    // two pixels have few values of E, on which the ends lie: fewer images are outside then
    assertTrue(outside < 0.065 && (pixels < 7 || outside > 0.035), "outside " + outside);
    assertTrue(Math.abs(below - above) < 0.02 * draws, below + " below, " + above + " above");
  }

  private static double index(Canvas canvas, int pixels, SplitMix64 random) {
    BitSet taken = new BitSet();
    while (taken.cardinality() < pixels) {
      taken.set(random.nextInt(canvas.pixels()));
    }
    BlackPixels image = BlackPixels.of(canvas, taken.stream().toArray());
    return new EdgeRank(canvas).edgeIndex(image).orElseThrow();
  }

  @Test
  void theWholeCanvasIsAtHalf() {
    Canvas canvas = new Canvas(9, 7);
    assertEquals(new ChanceBand(0.5, 0.5), ChanceBand.of(canvas, canvas.pixels()));
    assertEquals(new ChanceBand(0.5, 0.5), ChanceBand.of(Canvas.square(1), 1));
    assertThrows(IllegalArgumentException.class, () -> ChanceBand.of(canvas, 0));
    assertThrows(IllegalArgumentException.class, () -> ChanceBand.of(canvas, 64));
  }
}
