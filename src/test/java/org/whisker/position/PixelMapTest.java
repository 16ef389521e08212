package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.image.Canvas;

class PixelMapTest {
  @Test
  void isRowMajorOnANonSquareCanvas() {
    double[] values = {0, 1, 2, 3, 4, -0.1};
    PixelMap map = PixelMap.of("m", new Canvas(3, 2), "logits", values);
    assertEquals(2, map.at(2, 0));
    assertEquals(3, map.at(0, 1));
    assertEquals(-0.1, map.at(5));
    assertEquals(-0.1, map.min());
    assertEquals(4, map.max());
    assertEquals(9.9 / 6, map.mean(), 1e-15);
    values[0] = 7;
    map.values()[1] = 7;
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, -0.1}, map.values());
    assertThrows(IndexOutOfBoundsException.class, () -> map.at(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> map.at(-1));
  }

  @Test
  void refusesHolesAndWrongSizes() {
    Canvas canvas = new Canvas(2, 1);
    for (double[] bad : new double[][] {{0, Double.NaN}, {Double.NEGATIVE_INFINITY, 0}, {0}}) {
      assertThrows(IllegalArgumentException.class, () -> PixelMap.of("m", canvas, "logits", bad));
    }
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> PixelMap.of("m", canvas, "x", new double[] {0, Double.NaN}))
            .getMessage();
    assertEquals("m at (1, 0) is NaN", message);
  }

  @ParameterizedTest
  @CsvSource({
    "9,7,0,1.5",
    "9,7,31,1.5",
    "9,7,62,1.5",
    "9,7,4,9",
    "1,1,0,1",
    "1,8,7,3",
    "40,3,5,0.01"
  })
  void smoothingKeepsOnePixelsMassAnywhere(int width, int height, int pixel, double bandwidth) {
    double[] values = new double[width * height];
    values[pixel] = 1;
    PixelMap map = PixelMap.of("m", new Canvas(width, height), "x", values).smoothed(bandwidth);
    assertEquals(1, Arrays.stream(map.values()).sum(), 1e-12);
    assertTrue(map.min() >= 0);
  }

  @Test
  void smoothingFarFromTheBorderIsAGaussian() {
    double[] values = new double[61 * 51];
    int centre = 25 * 61 + 30;
    values[centre] = 1;
    PixelMap map = PixelMap.of("m", new Canvas(61, 51), "x", values).smoothed(2);
    assertEquals(1 / (2 * Math.PI * 4), map.at(30, 25), 1e-9);
    assertEquals(Math.exp(-(9 + 16) / 8.0), map.at(33, 21) / map.at(30, 25), 1e-9);
    assertEquals(map.at(27, 26), map.at(33, 24), 1e-15);
  }

  @Test
  void smoothingLeavesAUniformMapUniform() {
    double[] ones = new double[9 * 4];
    Arrays.fill(ones, 1);
    PixelMap map = PixelMap.of("m", new Canvas(9, 4), "x", ones).smoothed(2.5);
    assertEquals(1, map.min(), 1e-12);
    assertEquals(1, map.max(), 1e-12);
  }

  @Test
  void refusesImpossibleBandwidths() {
    PixelMap map = PixelMap.of("m", new Canvas(2, 1), "x", new double[] {1, 1});
    for (double bad : new double[] {0, -1, Double.NaN, 2.1, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> map.smoothed(bad));
    }
  }
}
