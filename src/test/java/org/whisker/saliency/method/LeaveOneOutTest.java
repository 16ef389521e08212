package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.MethodInput;

class LeaveOneOutTest {
  private static final Canvas CANVAS = new Canvas(5, 3);
  private static final float[] WEIGHTS = PaintedClassifier.weights(CANVAS);
  private final PaintedClassifier linear = PaintedClassifier.linear(CANVAS, WEIGHTS);

  private static SaliencyMap leave(PaintedClassifier classifier, BlackPixels image, int batch) {
    return leave(classifier, image, batch, done -> {}, () -> false).orElseThrow().map();
  }

  private static Optional<Attribution> leave(
      PaintedClassifier classifier,
      BlackPixels image,
      int batch,
      IntConsumer progress,
      BooleanSupplier stopped) {
    return new LeaveOneOutMethod()
        .explain(new MethodInput(classifier, image, batch, progress, stopped));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void ofALinearClassifierIsMinusTheWeights(int batchSize) {
    BlackPixels image = BlackPixels.of(CANVAS, 2, 7, 14);
    SaliencyMap found = leave(linear, image, batchSize);
    for (int i = 0; i < CANVAS.pixels(); i++) {
      assertEquals(image.contains(i) ? -WEIGHTS[i] : 0, found.at(i));
    }
    assertTrue(linear.largestBatch <= batchSize);
  }

  @Test
  void below0IsTowardsCat() {
    // black at 3 lowers the logit against the target: towards the target
    PaintedClassifier classifier = new PaintedClassifier(CANVAS, gray -> gray[3]);
    SaliencyMap found = leave(classifier, BlackPixels.of(CANVAS, 3), 1);
    assertEquals(-1, found.at(3));
    assertEquals(SignConvention.CONTENT_TOWARDS_NOT_TARGET, found.sign());
  }

  @Test
  void noPixelNoChange() {
    assertTrue(leave(linear, BlackPixels.none(CANVAS), 2).isZero());
    BlackPixels some = BlackPixels.of(CANVAS, 1, 2);
    assertTrue(leave(PaintedClassifier.constant(CANVAS), some, 2).isZero());
  }

  @Test
  void tellsProgressStopsAndRefuses() {
    BlackPixels image = BlackPixels.of(CANVAS, 2, 7, 14);
    List<Integer> done = new ArrayList<>();
    assertTrue(leave(linear, image, 2, done::add, () -> done.size() == 2).isPresent());
    assertEquals(List.of(2, 3), done);
    assertTrue(leave(linear, image, 2, done::add, () -> true).isEmpty());
    BlackPixels other = BlackPixels.none(Canvas.square(2));
    assertThrows(IllegalArgumentException.class, () -> leave(linear, other, 1));
    assertThrows(IllegalArgumentException.class, () -> leave(linear, image, 0));
  }
}
