package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Fill;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.method.RiseMethod.Rise;

class RiseTest {
  private static final Canvas CANVAS = new Canvas(9, 6);
  private static final GrayImage WHITE = GrayImage.filled(CANVAS, 1);
  private static final int PROBED = CANVAS.index(6, 2);

  private static RiseOptions options(int masks, int cells, long seed) {
    return new RiseOptions(masks, cells, 0.5, Fill.black(), seed);
  }

  private static Rise rise(
      PaintedClassifier classifier, Raster picture, RiseOptions options, int batchSize) {
    return Rise.of(classifier, picture, options, batchSize, done -> {}, () -> false).orElseThrow();
  }

  @Test
  void isTheMeanWhereShownLessTheMean() {
    // a white picture on black shows the masks themselves
    List<float[]> masks = new ArrayList<>();
    PaintedClassifier classifier =
        new PaintedClassifier(
            CANVAS,
            gray -> {
              masks.add(gray.clone());
              return gray[PROBED] * gray[0] - 3 * gray[40];
            });
    Rise found = rise(classifier, WHITE, options(30, 3, 1), 7);
    assertEquals(30, masks.size());
    for (int i = 0; i < CANVAS.pixels(); i++) {
      double mean = 0;
      double shown = 0;
      double weighted = 0;
      for (float[] mask : masks) {
        double logit = mask[PROBED] * mask[0] - 3 * mask[40];
        mean += logit / 30;
        shown += mask[i];
        weighted += logit * mask[i];
      }
      assertEquals(weighted / shown - mean, found.map().at(i), 1e-5);
      assertEquals(shown / 30, found.shown().at(i), 1e-6);
      assertEquals(mean, found.meanLogit(), 1e-6);
    }
  }

  @Test
  void masksAreShadesBetweenHiddenAndShown() {
    List<float[]> masks = new ArrayList<>();
    PaintedClassifier classifier =
        new PaintedClassifier(
            CANVAS,
            gray -> {
              masks.add(gray.clone());
              return 0;
            });
    Rise found = rise(classifier, WHITE, new RiseOptions(2000, 3, 0.3, Fill.black(), 5), 64);
    boolean between = false;
    for (float[] mask : masks) {
      for (float value : mask) {
        assertTrue(value >= 0 && value <= 1);
        between |= value > 0 && value < 1;
      }
    }
    assertTrue(between);
    for (float shown : found.shown().values()) {
      assertEquals(0.3, shown, 0.05);
    }
    assertTrue(found.map().isZero());
    assertTrue(found.standardError().isZero());
  }

  @Test
  void findsThePixelThatMatters() {
    float[] weights = new float[CANVAS.pixels()];
    weights[PROBED] = -4;
    PaintedClassifier classifier = PaintedClassifier.linear(CANVAS, weights);
    Rise found = rise(classifier, WHITE, options(2000, 5, 2), 64);
    float lowest = Float.MAX_VALUE;
    for (float value : found.map().values()) {
      lowest = Math.min(lowest, value);
    }
    assertEquals(lowest, found.map().at(PROBED), 0.15);
    assertTrue(found.map().at(PROBED) < -5 * found.standardError().at(PROBED));
    assertTrue(Math.abs(found.map().at(0)) < 4 * found.standardError().at(0));
  }

  @Test
  void doesNotDependOnBatches() {
    PaintedClassifier classifier =
        PaintedClassifier.linear(CANVAS, PaintedClassifier.weights(CANVAS));
    Rise one = rise(classifier, WHITE, options(50, 4, 3), 1);
    for (int batchSize : new int[] {2, 3, 64}) {
      assertEquals(one, rise(classifier, WHITE, options(50, 4, 3), batchSize));
    }
    assertTrue(!one.equals(rise(classifier, WHITE, options(50, 4, 4), 1)));
  }

  @Test
  void standardErrorIsTheSpreadOverSeeds() {
    PaintedClassifier classifier =
        PaintedClassifier.linear(CANVAS, PaintedClassifier.weights(CANVAS));
    int seeds = 200;
    double[] values = new double[seeds];
    double error = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Rise found = rise(classifier, WHITE, options(100, 3, seed), 64);
      values[seed] = found.map().at(PROBED);
      error += found.standardError().at(PROBED) / seeds;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (seeds - 1);
    assertEquals(Math.sqrt(variance), error, 0.2 * error);
  }

  @Test
  void whereAllPixelsMatterEquallyTheCornerIsLower() {
    Canvas canvas = Canvas.square(20);
    float[] weights = new float[canvas.pixels()];
    Arrays.fill(weights, 1 / 8f);
    PaintedClassifier classifier = PaintedClassifier.linear(canvas, weights);
    Rise found = rise(classifier, GrayImage.filled(canvas, 1), options(3000, 5, 6), 64);
    double centre = found.map().at(10, 10);
    assertTrue(found.map().at(0, 0) < 0.8 * centre, found.map().at(0, 0) + " of " + centre);
  }

  @Test
  void onePixelStopsAndRefusals() {
    Canvas one = Canvas.square(1);
    PaintedClassifier classifier = PaintedClassifier.linear(one, new float[] {1});
    GrayImage white = GrayImage.filled(one, 1);
    Rise found = rise(classifier, white, options(10, 7, 1), 4);
    assertTrue(found.map().at(0) > 0);
    assertTrue(Rise.of(classifier, white, options(10, 7, 1), 4, done -> {}, () -> true).isEmpty());
    RiseOptions rare = new RiseOptions(2, 1, 1e-9, Fill.black(), 1);
    var e = assertThrows(IllegalArgumentException.class, () -> rise(classifier, white, rare, 4));
    assertEquals(
        "no mask of 2 shows (0, 0): draw more masks, or show a larger share", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> rise(classifier, WHITE, rare, 4));
    assertThrows(IllegalArgumentException.class, () -> options(1, 3, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new RiseOptions(2, 3, Double.NaN, Fill.black(), 0));
  }
}
