package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.ConditionMaps.PositionHeatmap;

class PositionHeatmapTest {
  private static final Canvas CANVAS = new Canvas(3, 2);

  @Test
  void frequencyIsTheShareOfAllRuns() {
    PositionHeatmap map =
        PositionHeatmap.of(
            List.of(
                BlackPixels.of(CANVAS, 0, 5),
                BlackPixels.of(CANVAS, 5),
                BlackPixels.none(CANVAS),
                BlackPixels.of(CANVAS, 1)),
            1);
    assertArrayEquals(new double[] {0.25, 0.25, 0, 0, 0, 0.5}, map.frequency().values());
    assertEquals(4, map.runs());
    assertEquals(1, map.whiteRuns());
  }

  @Test
  void densityHasMeanOneAndWeighsRunsAlike() {
    Canvas canvas = new Canvas(11, 8);
    BlackPixels corner = BlackPixels.of(canvas, 0, 1, 11, 12);
    BlackPixels opposite = BlackPixels.of(canvas, 87);
    PixelMap both = PositionHeatmap.of(List.of(corner, opposite), 0.01).density().orElseThrow();
    assertEquals(1, both.mean(), 1e-12);
    assertEquals(88 / 8.0, both.at(0), 1e-12);
    assertEquals(88 / 2.0, both.at(87), 1e-12);
    PixelMap smooth = PositionHeatmap.of(List.of(corner, opposite), 2).density().orElseThrow();
    assertEquals(1, smooth.mean(), 1e-12);
  }

  @Test
  void onePixelCanvasIsUniform() {
    Canvas one = Canvas.square(1);
    PositionHeatmap map =
        PositionHeatmap.of(List.of(BlackPixels.of(one, 0)), PositionHeatmap.usualBandwidth(one));
    assertEquals(1, map.density().orElseThrow().at(0), 1e-15);
  }

  @Test
  void whiteRunsHaveNoDensity() {
    PositionHeatmap map = PositionHeatmap.of(List.of(BlackPixels.none(CANVAS)), 1);
    assertTrue(map.density().isEmpty());
    assertEquals(0, map.frequency().max());
  }

  @Test
  void refusesNoRunsAndMixedCanvases() {
    assertThrows(IllegalArgumentException.class, () -> PositionHeatmap.of(List.of(), 1));
    List<BlackPixels> mixed =
        List.of(BlackPixels.of(CANVAS, 0), BlackPixels.of(Canvas.square(3), 0));
    assertThrows(IllegalArgumentException.class, () -> PositionHeatmap.of(mixed, 1));
  }
}
