package org.whisker.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.whisker.dataset.DuplicateGroup.PhotoRings;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

class PhotoRingsTest {
  private static final Canvas SIZE = Canvas.square(64);

  private static PhotoRings of(IntToDoubleFunction gray) {
    float[] values = new float[SIZE.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) gray.applyAsDouble(i);
    }
    return PhotoRings.of(new GrayImage(SIZE, values));
  }

  @Test
  void grayIsToldFromTheBorderInwards() {
    PhotoRings rings = of(i -> SIZE.borderDistance(i) < 16 ? 1 : 0);
    assertEquals(1, rings.gray()[0], 1e-6);
    assertEquals(0, rings.gray()[PhotoRings.ZONES - 1], 1e-6);
    assertEquals(0, rings.contrast()[0], 1e-6);
  }

  @Test
  void contrastIsWithinAZone() {
    PhotoRings rings = of(i -> SIZE.x(i) < 32 ? 0 : 1);
    for (int zone = 0; zone < PhotoRings.ZONES; zone++) {
      assertEquals(0.5, rings.gray()[zone], 1e-6);
      // less than 0.5, since the middle column is blurred
      assertEquals(0.5, rings.contrast()[zone], 0.02);
    }
  }

  @Test
  void somethingOnPlainWhiteIsSeen() {
    assertTrue(of(i -> SIZE.borderDistance(i) < 8 ? 1 : 0.4).plainWhite());
    assertFalse(of(i -> 1).plainWhite(), "there is nothing on it");
    assertFalse(of(i -> SIZE.borderDistance(i) < 8 ? 0.5 : 0.4).plainWhite(), "it is not white");
    // black above, white elsewhere: a quarter of the border is dark
    assertFalse(of(i -> SIZE.y(i) < 8 ? 0 : 1).plainWhite());
  }
}
