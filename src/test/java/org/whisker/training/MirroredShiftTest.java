package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.training.PhotoView.MirroredShift;

class MirroredShiftTest {
  private static GrayImage row(float... gray) {
    return new GrayImage(new Canvas(gray.length, 1), gray);
  }

  private static float[] moved(double most, double across, float... gray) {
    return new MirroredShift(new Canvas(gray.length, 1), most, across, 0.5).of(row(gray));
  }

  @Test
  void fillsWithTheMirroredPicture() {
    assertArrayEquals(
        new float[] {.2f, .1f, .1f, .2f}, moved(0.5, 1, .1f, .2f, .3f, .4f), 0); // to the right
    assertArrayEquals(new float[] {.3f, .4f, .4f, .3f}, moved(0.5, 0, .1f, .2f, .3f, .4f), 0);
    assertArrayEquals(new float[] {.1f, .2f, .3f, .4f}, moved(0.5, 0.5, .1f, .2f, .3f, .4f), 0);
    assertArrayEquals(new float[] {.1f, .2f, .3f, .4f}, moved(0, 1, .1f, .2f, .3f, .4f), 0);
  }

  @Test
  void movesDownAsItMovesAcross() {
    GrayImage column = new GrayImage(new Canvas(1, 4), new float[] {.1f, .2f, .3f, .4f});
    float[] down = new MirroredShift(column.canvas(), 0.25, 0.5, 1).of(column);
    assertArrayEquals(new float[] {.1f, .1f, .2f, .3f}, down, 0);
  }

  /** The claim that moves by up to half a side teach nothing of the middle. */
  @ParameterizedTest
  @ValueSource(ints = {16, 15})
  void movedByUpToHalfEveryPlaceShowsEveryDepthEquallyOften(int side) {
    int draws = 4000 * side;
    int[][] seen = new int[side][(side + 1) / 2];
    float[] depth = new float[side];
    for (int i = 0; i < side; i++) {
      depth[i] = Math.min(i, side - 1 - i) / 100f;
    }
    for (int draw = 0; draw < draws; draw++) {
      float[] values = moved(0.5, (draw + 0.5) / draws, depth);
      for (int place = 0; place < side; place++) {
        seen[place][Math.round(100 * values[place])]++;
      }
    }
    for (int place = 0; place < side; place++) {
      for (int d = 0; d < seen[place].length; d++) {
        int pixels = side - 1 - d == d ? 1 : 2; // of an odd side the middle is one pixel
        assertEquals(pixels * 4000.0, seen[place][d], 4, place + " shows " + d);
      }
    }
  }

  @Test
  void movedByLessTheMiddleShowsTheMiddleMoreOften() {
    float[] values = moved(0.2, 0.9, 0, .1f, .2f, .3f, .4f, .4f, .3f, .2f, .1f, 0);
    assertTrue(values[5] > values[0], values[5] + " and " + values[0]);
  }
}
