package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BlackPixelsSortedTest {
  private static final Canvas CANVAS = new Canvas(3, 2);

  @Test
  void takesThePrefixOfABufferAndCopiesIt() {
    int[] buffer = {0, 2, 5, 9, 9};
    BlackPixels pixels = BlackPixels.ofSorted(CANVAS, buffer, 3);
    buffer[0] = 1;
    assertEquals(BlackPixels.of(CANVAS, 5, 0, 2), pixels);
    assertEquals(BlackPixels.none(CANVAS), BlackPixels.ofSorted(CANVAS, buffer, 0));
  }

  @Test
  void refusesDisorderDoublesAndStrangers() {
    for (int[] bad : new int[][] {{1, 0}, {1, 1}, {-1, 2}, {3, 6}}) {
      assertThrows(
          IllegalArgumentException.class, () -> BlackPixels.ofSorted(CANVAS, bad, bad.length));
    }
  }

  @Test
  void changedPixelsAreThoseOfExactlyOne() {
    BlackPixels before = BlackPixels.of(CANVAS, 0, 2, 5);
    BlackPixels now = BlackPixels.of(CANVAS, 1, 2, 4);
    assertArrayEquals(new int[] {0, 1, 4, 5}, now.changedFrom(before));
    assertArrayEquals(new int[] {0, 2, 5}, BlackPixels.none(CANVAS).changedFrom(before));
    assertArrayEquals(new int[0], now.changedFrom(now));
  }
}
