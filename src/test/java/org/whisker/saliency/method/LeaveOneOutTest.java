package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.SignConvention;

class LeaveOneOutTest {
  private static final Canvas CANVAS = new Canvas(5, 3);
  private static final float[] WEIGHTS = PaintedClassifier.weights(CANVAS);
  private final PaintedClassifier linear = PaintedClassifier.linear(CANVAS, WEIGHTS);

  private static LeaveOneOut leave(PaintedClassifier classifier, BlackPixels image, int batch) {
    return LeaveOneOut.of(classifier, image, batch, done -> {}, () -> false).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void ofALinearClassifierIsTheWeights(int batchSize) {
    BlackPixels image = BlackPixels.of(CANVAS, 2, 7, 14);
    LeaveOneOut found = leave(linear, image, batchSize);
    assertEquals(
        List.of(
            new LeaveOneOut.Pixel(2, 0, WEIGHTS[2]),
            new LeaveOneOut.Pixel(2, 1, WEIGHTS[7]),
            new LeaveOneOut.Pixel(4, 2, WEIGHTS[14])),
        found.pixels());
    for (int i = 0; i < CANVAS.pixels(); i++) {
      assertEquals(image.contains(i) ? WEIGHTS[i] : 0, found.map().at(i));
    }
    assertTrue(linear.largestBatch <= batchSize);
  }

  @Test
  void above0HelpsTheCat() {
    // black at 3 lowers the logit of not-cat: towards cat
    PaintedClassifier classifier = new PaintedClassifier(CANVAS, gray -> gray[3]);
    LeaveOneOut found = leave(classifier, BlackPixels.of(CANVAS, 3), 1);
    assertEquals(1, found.map().at(3));
    assertEquals(SignConvention.CONTENT_TOWARDS_CAT, found.map().sign());
  }

  @Test
  void noPixelNoChange() {
    assertTrue(leave(linear, BlackPixels.none(CANVAS), 2).isZero());
    assertTrue(leave(linear, BlackPixels.none(CANVAS), 2).pixels().isEmpty());
    BlackPixels some = BlackPixels.of(CANVAS, 1, 2);
    assertTrue(leave(PaintedClassifier.constant(CANVAS), some, 2).isZero());
  }

  @Test
  void tellsProgressStopsAndRefuses() {
    BlackPixels image = BlackPixels.of(CANVAS, 2, 7, 14);
    List<Integer> done = new ArrayList<>();
    assertTrue(LeaveOneOut.of(linear, image, 2, done::add, () -> done.size() == 2).isPresent());
    assertEquals(List.of(2, 3), done);
    assertTrue(LeaveOneOut.of(linear, image, 2, done::add, () -> true).isEmpty());
    BlackPixels other = BlackPixels.none(Canvas.square(2));
    assertThrows(IllegalArgumentException.class, () -> leave(linear, other, 1));
    assertThrows(IllegalArgumentException.class, () -> leave(linear, image, 0));
  }
}
