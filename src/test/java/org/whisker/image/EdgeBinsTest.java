package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.image.EdgeBins.EdgeBin;

class EdgeBinsTest {
  @ParameterizedTest
  @CsvSource({"1,1,10", "1,7,3", "2,2,1", "9,4,10", "37,50,10", "128,128,10", "128,128,1000"})
  void everyPixelIsInTheBinOfItsEdgeRank(int width, int height, int parts) {
    Canvas canvas = new Canvas(width, height);
    EdgeRank rank = new EdgeRank(canvas);
    EdgeBins bins = new EdgeBins(canvas, parts);
    int[] pixels = new int[bins.bins().size()];
    for (int p = 0; p < canvas.pixels(); p++) {
      EdgeBin bin = bins.bins().get(bins.binOf(p));
      pixels[bins.binOf(p)]++;
      assertTrue(bin.from() <= rank.of(p) + 1e-12 && rank.of(p) < bin.to() + 1e-12);
      assertTrue(bin.nearest() <= rank.ring(p) && rank.ring(p) <= bin.farthest());
    }
    assertArrayEquals(bins.bins().stream().mapToInt(EdgeBin::pixels).toArray(), pixels);
  }

  @Test
  void binsOfALargeCanvasAreAboutEqual() {
    List<EdgeBin> bins = EdgeBins.of(Canvas.square(128)).bins();
    assertEquals(10, bins.size());
    for (EdgeBin bin : bins) {
      assertEquals(0.1, bin.pixels() / 16384.0, 0.02, bin.toString());
    }
    assertEquals(0, bins.get(0).nearest());
    assertEquals(63, bins.get(9).farthest());
  }

  @Test
  void smallCanvasLeavesEmptyBinsOut() {
    // Rings of 16, 8 and 1 pixels: u = 0.32, 0.80 and 0.98.
    List<EdgeBin> bins = new EdgeBins(Canvas.square(5), 4).bins();
    assertEquals(List.of(new EdgeBin(0.25, 0.5, 0, 0, 16), new EdgeBin(0.75, 1, 1, 2, 9)), bins);
    assertArrayEquals(
        new double[] {0, 4 / 9.0}, new EdgeBins(Canvas.square(5), 4).means(i -> i == 12 ? 4 : 0));
  }

  @Test
  void refusesNoBins() {
    assertThrows(IllegalArgumentException.class, () -> new EdgeBins(Canvas.square(5), 0));
    assertThrows(IllegalArgumentException.class, () -> new EdgeBin(Double.NaN, 1, 0, 0, 1));
  }
}
