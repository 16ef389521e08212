package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TonesTest {
  private static final BlackPixels GENOME = BlackPixels.of(new Canvas(3, 1), 1);

  @Test
  void paintsInItsTonesFromTheOffsetOn() {
    Raster painted = new Tones(0.25f, 0.75f).painted(GENOME);
    float[] target = {9, 9, 9, 9, 9};
    painted.paint(target, 1);
    assertArrayEquals(new float[] {9, 0.25f, 0.75f, 0.25f, 9}, target);
    assertEquals(GENOME.canvas(), painted.canvas());
  }

  @Test
  void theUsualTonesAreTheGenomesOwn() {
    assertSame(GENOME, Tones.standard().painted(GENOME));
  }

  @Test
  void inkIsWhatIsNearerToIt() {
    assertTrue(Tones.standard().isInk(0.49f));
    assertFalse(Tones.standard().isInk(0.51f));
    Tones whiteOnGray = new Tones(0.5f, 1);
    assertTrue(whiteOnGray.isInk(0.8f));
    assertFalse(whiteOnGray.isInk(0.7f));
    assertFalse(whiteOnGray.isInk(0));
  }

  @Test
  void impossibleTonesAreRefused() {
    assertRefused("NaN", () -> new Tones(Float.NaN, 0));
    assertRefused("1.5", () -> new Tones(1, 1.5f));
    assertRefused("-0.5", () -> new Tones(-0.5f, 1));
    assertRefused("0.5", () -> new Tones(0.5f, 0.5f));
  }

  private static void assertRefused(String value, Runnable maker) {
    var e = assertThrows(IllegalArgumentException.class, maker::run);
    assertTrue(String.valueOf(e.getMessage()).contains(value), e::getMessage);
  }
}
