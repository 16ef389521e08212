package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class EdgeBiasTest {
  // Rings of 16, 8 and 1 pixels: u = 0.32, 0.80 and 0.98.
  private static final Canvas CANVAS = Canvas.square(5);
  private static final BlackPixels EDGE = BlackPixels.of(CANVAS, 0);
  private static final BlackPixels CENTRE = BlackPixels.of(CANVAS, 12);
  private static final BlackPixels WHITE = BlackPixels.none(CANVAS);
  private final SplitMix64 random = new SplitMix64(3);

  @Test
  void meanOverRunsWithWhiteOnesApart() {
    BlackPixels both = BlackPixels.of(CANVAS, 0, 12);
    EdgeBias bias = EdgeBias.of(List.of(EDGE, WHITE, both, CENTRE), random);
    assertEquals((0.32 + 0.65 + 0.98) / 3, bias.edgeIndex(), 1e-15);
    assertEquals(3, bias.runs());
    assertEquals(1, bias.whiteRuns());
    assertTrue(bias.ciLow().getAsDouble() < 0.65 && bias.ciHigh().getAsDouble() > 0.65);
    assertArrayEquals(
        new double[] {0.32, 0.65}, EdgeBias.edgeIndices(List.of(EDGE, WHITE, both)), 1e-15);
  }

  @Test
  void findsAPlantedEdge() {
    List<BlackPixels> runs =
        IntStream.range(0, 8).mapToObj(i -> BlackPixels.of(CANVAS, i % 5, 20, 4)).toList();
    EdgeBias bias = EdgeBias.of(runs, random);
    assertEquals(0.32, bias.edgeIndex(), 1e-12);
    assertEquals(2 / 256.0, bias.pValue(), 1e-12);
  }

  @Test
  void theIntervalStaysWhereEdgeIndicesAre() {
    BlackPixels both = BlackPixels.of(CANVAS, 0, 12);
    EdgeBias bias = EdgeBias.of(List.of(both, CENTRE), random);
    // Student's would be 0.815 ± 12.706 · 0.165
    double low = bias.ciLow().getAsDouble();
    double high = bias.ciHigh().getAsDouble();
    assertTrue(low > 0 && low < 0.5 && high > 0.9 && high <= 1, low + " to " + high);
  }

  @Test
  void aSingleRunHasNoInterval() {
    EdgeBias bias = EdgeBias.of(List.of(EDGE), random);
    assertTrue(bias.ciLow().isEmpty() && bias.ciHigh().isEmpty());
    assertEquals(1, bias.pValue());
  }

  @Test
  void refusesRunsThatAreAllWhite() {
    assertThrows(IllegalArgumentException.class, () -> EdgeBias.of(List.of(WHITE), random));
    assertThrows(IllegalArgumentException.class, () -> EdgeBias.of(List.of(), random));
  }
}
