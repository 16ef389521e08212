package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.ImagePath.StraightPath;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

class ImagePathTest {
  private static final Canvas ROW = new Canvas(4, 1);
  private static final BlackPixels WHITE = BlackPixels.none(ROW);
  private static final BlackPixels THREE = BlackPixels.of(ROW, 0, 1, 3);

  @Test
  void pixelsChangeOneByOne() {
    PixelPath path = new PixelPath(WHITE, THREE, new int[] {3, 0, 1}, 1);
    assertEquals(List.of(0.0, 1.0, 2.0, 3.0), path.scan());
    assertArrayEquals(new float[] {1, 1, 1, 1}, path.at(0).grayValues());
    assertArrayEquals(new float[] {1, 1, 1, 0}, path.at(1).grayValues());
    assertArrayEquals(new float[] {0, 1, 1, 0}, path.at(2).grayValues());
    assertArrayEquals(THREE.grayValues(), path.at(3).grayValues());
    assertEquals(OptionalDouble.empty(), path.between(1, 2));
    assertThrows(IllegalArgumentException.class, () -> path.at(4));
    assertThrows(IllegalArgumentException.class, () -> path.at(0.5));
  }

  @Test
  void itPaintsWhereItIsTold() {
    float[] target = {7, 7, 7, 7, 7, 7};
    new PixelPath(WHITE, THREE, new int[] {3, 0, 1}, 1).at(1).paint(target, 1);
    assertArrayEquals(new float[] {7, 1, 1, 1, 0, 7}, target);
  }

  @Test
  void blocksEndAtTheEnd() {
    PixelPath path = new PixelPath(WHITE, THREE, new int[] {3, 0, 1}, 2);
    assertEquals(List.of(0.0, 2.0, 3.0), path.scan());
    assertEquals(OptionalDouble.of(1), path.between(0, 2));
    assertEquals(1, PixelPath.blockFor(500, 500));
    assertEquals(2, PixelPath.blockFor(501, 500));
    assertEquals(33, PixelPath.blockFor(16384, 500));
    assertEquals(1, PixelPath.blockFor(0, 500));
  }

  @Test
  void samePicturesMakeAPathOfNoStep() {
    PixelPath path = new PixelPath(THREE, THREE, new int[0], 1);
    assertEquals(List.of(0.0), path.scan());
    assertEquals(0, path.length());
  }

  @Test
  void anOrderIsOfTheDifferingPixels() {
    for (int[] wrong : List.of(new int[] {0, 1}, new int[] {0, 1, 2}, new int[] {0, 1, 3, 3})) {
      assertThrows(IllegalArgumentException.class, () -> new PixelPath(WHITE, THREE, wrong, 1));
    }
    BlackPixels other = BlackPixels.none(new Canvas(3, 1));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new StraightPath(WHITE, other, 10, 0.1));
    assertTrue(String.valueOf(refused.getMessage()).contains("4x1 and 3x1"));
    assertThrows(IllegalArgumentException.class, () -> new PixelPath(WHITE, other, new int[0], 1));
  }

  @Test
  void theLineMixesGrays() {
    GrayImage a = new GrayImage(ROW, new float[] {0, 1, 0.3f, 0.7f});
    GrayImage b = new GrayImage(ROW, new float[] {1, 0, 0.3f, 0.1f});
    StraightPath path = new StraightPath(a, b, 4, 0.01);
    assertEquals(List.of(0.0, 0.25, 0.5, 0.75, 1.0), path.scan());
    assertEquals(a, path.at(0));
    assertEquals(b, path.at(1));
    assertArrayEquals(new float[] {0.25f, 0.75f, 0.3f, 0.55f}, path.at(0.25).grayValues(), 1e-6f);
    assertEquals(OptionalDouble.of(0.375), path.between(0.25, 0.5));
    assertEquals(OptionalDouble.empty(), path.between(0.25, 0.259));
    assertThrows(IllegalArgumentException.class, () -> path.at(1.01));
    assertThrows(IllegalArgumentException.class, () -> new StraightPath(a, b, 0, 0.01));
    assertThrows(IllegalArgumentException.class, () -> new StraightPath(a, b, 4, 0));
  }
}
