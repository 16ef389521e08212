package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PatchTest {
  private static final Canvas CANVAS = new Canvas(3, 2);

  @Test
  void coversOnlyWhereItLies() {
    Patch patch = new Patch(1, 0, new GrayImage(new Canvas(1, 2), new float[] {0.25f, 0.5f}));
    float[] painted = new float[7];
    patch.on(GrayImage.filled(CANVAS, 1)).paint(painted, 1);
    assertArrayEquals(new float[] {0, 1, 0.25f, 1, 1, 0.5f, 1}, painted);
  }

  @Test
  void mayTouchTheLastPixelAndNotLeaveTheCanvas() {
    float[] painted = new float[6];
    Patch.pixel(2, 1, 0).on(GrayImage.filled(CANVAS, 1)).paint(painted, 0);
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 0}, painted);
    GrayImage base = GrayImage.filled(CANVAS, 1);
    var e = assertThrows(IllegalArgumentException.class, () -> Patch.pixel(3, 1, 0).on(base));
    assertEquals("a 1x1 patch at (3, 1) leaves the 3x2 canvas", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Patch.pixel(-1, 0, 0));
  }
}
