package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.position.ProbeMap.DepthSlope;

class DepthSlopeTest {
  private static final Canvas CANVAS = new Canvas(16, 12);
  private static final EdgeRank RANK = new EdgeRank(CANVAS);

  private static DepthSlope of(Canvas canvas, IntToDoubleFunction delta) {
    double[] values = IntStream.range(0, canvas.pixels()).mapToDouble(delta).toArray();
    return DepthSlope.of(
        new ProbeMap("planted", PixelMap.of("one black pixel", canvas, "logit", values), 0));
  }

  @Test
  void findsThePlantedSlope() {
    EdgeRank rank = new EdgeRank(CANVAS);
    DepthSlope slope = of(CANVAS, i -> 3 - 2 * rank.of(i));
    assertEquals(-2, slope.slope(), 1e-12);
    assertEquals(-1, slope.rankCorrelation().orElseThrow(), 1e-12);
    // alternating noise does not follow depth, but loosens the order
    DepthSlope noisy = of(CANVAS, i -> 2 * rank.of(i) + (i % 2 == 0 ? 1 : -1));
    assertEquals(2, noisy.slope(), 0.1);
    assertTrue(noisy.rankCorrelation().orElseThrow() < 0.9);
  }

  @Test
  void aConstantMapHasNoOrderAndAThinCanvasNoDepth() {
    DepthSlope flat = of(CANVAS, i -> 0.25);
    assertEquals(0, flat.slope(), 1e-12);
    assertTrue(flat.rankCorrelation().isEmpty());
    // a translation-invariant network: the same everywhere but for the last digit of a float
    DepthSlope rounded = of(CANVAS, i -> -3.1893796 + 2e-8 * RANK.of(i));
    assertTrue(rounded.rankCorrelation().isEmpty());
    // cancelling terms leave more than that
    assertTrue(of(CANVAS, i -> -0.125785 + 6e-5 * RANK.of(i)).rankCorrelation().isEmpty());
    assertTrue(of(CANVAS, i -> -0.125785 + 6e-3 * RANK.of(i)).rankCorrelation().isPresent());
    Canvas thin = new Canvas(8, 2);
    assertThrows(IllegalArgumentException.class, () -> of(thin, i -> i));
  }
}
