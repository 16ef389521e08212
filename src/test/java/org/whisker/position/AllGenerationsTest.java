package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.position.BlackTime.AllGenerations;

class AllGenerationsTest {
  private static final Canvas CANVAS = new Canvas(3, 2);

  @Test
  void countsTheGenerationsInWhichAPixelIsBlack() {
    BlackTime time = new BlackTime(CANVAS, 0, 9);
    time.change(0, 0, 0, true);
    time.change(2, 1, 0, true);
    time.change(5, 1, 0, false);
    time.change(9, 1, 0, true);
    time.change(9, 2, 1, true);
    BlackTime white = new BlackTime(CANVAS, 0, 29);
    AllGenerations all = new AllGenerations(CANVAS);
    all.add(time);
    all.add(white);
    PixelMap share = all.share();
    assertEquals(10 / 40.0, share.at(0, 0));
    assertEquals(4 / 40.0, share.at(1, 0));
    assertEquals(1 / 40.0, share.at(2, 1));
    assertEquals(0, share.at(0, 1));
  }

  @Test
  void refusesWhatCannotBe() {
    BlackTime time = new BlackTime(CANVAS, 0, 9);
    time.change(4, 0, 0, true);
    assertThrows(IllegalArgumentException.class, () -> time.change(4, 0, 0, true));
    assertThrows(IllegalArgumentException.class, () -> time.change(4, 1, 0, false));
    assertThrows(IllegalArgumentException.class, () -> time.change(3, 1, 0, true));
    assertThrows(IllegalArgumentException.class, () -> time.change(10, 1, 0, true));
    assertThrows(IllegalArgumentException.class, () -> time.change(5, 3, 0, true));
    assertThrows(IllegalArgumentException.class, () -> new BlackTime(CANVAS, 3, 2));
    AllGenerations other = new AllGenerations(Canvas.square(4));
    assertThrows(IllegalArgumentException.class, () -> other.add(time));
    assertThrows(IllegalStateException.class, other::share);
  }
}
