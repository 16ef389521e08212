package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;

class ThresholdTest {
  private static final Canvas CANVAS = new Canvas(20, 10);

  private static GrayImage levels(int... levels) {
    float[] gray = new float[levels.length];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = levels[i] / 255f;
    }
    return new GrayImage(new Canvas(levels.length, 1), gray);
  }

  @Test
  void betweenTwoGraysItIsTheMiddle() {
    // every level from 50 to 99 parts them: the middle, and half a level more
    Threshold threshold = Threshold.otsu(levels(50, 50, 50, 100));
    assertEquals((74.5 + 0.5) / 255, threshold.gray(), 1e-12);
    assertEquals(
        BlackPixels.of(new Canvas(4, 1), 0, 1, 2), threshold.black(levels(50, 50, 50, 100)));
  }

  @Test
  void oneGrayHasNoParts() {
    assertEquals(0.5, Threshold.otsu(levels(200, 200)).gray());
    assertEquals(0, Threshold.otsu(levels(200, 200)).black(levels(200, 200)).count());
  }

  /** The within-class variance is least there: the same criterion, the other way round. */
  @Test
  void noOtherLevelPartsBetter() {
    SplitMix64 random = SplitMix64.stream(3, "gray", 0);
    float[] gray = new float[CANVAS.pixels()];
    for (int i = 0; i < gray.length; i++) {
      int mode = i % 3 == 0 ? 60 : 170;
      gray[i] = (mode + random.nextInt(70)) / 255f;
    }
    GrayImage picture = new GrayImage(CANVAS, gray);
    double chosen = within(gray, Threshold.otsu(picture).gray());
    for (int level = 0; level < 255; level++) {
      double other = within(gray, (level + 0.5) / 255);
      assertTrue(chosen <= other + 1e-9, "level " + level + ": " + other + " < " + chosen);
    }
  }

  private static double within(float[] gray, double threshold) {
    double sum = 0;
    for (boolean dark : new boolean[] {true, false}) {
      double mean = 0;
      int count = 0;
      for (float each : gray) {
        if (each < threshold == dark) {
          mean += each;
          count++;
        }
      }
      mean /= Math.max(1, count);
      for (float each : gray) {
        sum += each < threshold == dark ? (each - mean) * (each - mean) : 0;
      }
    }
    return sum;
  }

  @Test
  void darkerIsBlackAndAsDarkIsNot() {
    assertEquals(
        BlackPixels.of(new Canvas(3, 1), 0), new Threshold(100 / 255f).black(levels(99, 100, 101)));
    assertThrows(IllegalArgumentException.class, () -> new Threshold(1.01));
    assertThrows(IllegalArgumentException.class, () -> new Threshold(Double.NaN));
  }
}
