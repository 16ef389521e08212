package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class LeaveOneOutTest {
  private static final Canvas CANVAS = Canvas.square(3);
  private static final BlackPixels IMAGE = BlackPixels.of(CANVAS, 1, 4, 8);

  /** Black at 1 is towards the target, at 4 without effect, at 8 away from the target. */
  private static float[] logits(List<BlackPixels> images) {
    float[] logits = new float[images.size()];
    for (int i = 0; i < logits.length; i++) {
      BlackPixels image = images.get(i);
      logits[i] = 1 + (image.contains(1) ? -2 : 0) + (image.contains(8) ? 0.5f : 0);
    }
    return logits;
  }

  private static Optional<LeaveOneOut> of(Batches batches) {
    return LeaveOneOut.of(IMAGE, Function.identity(), LeaveOneOutTest::logits, batches);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, Integer.MAX_VALUE})
  void isWithMinusWithout(int batch) {
    LeaveOneOut found = of(Batches.of(batch)).orElseThrow();
    assertEquals(-0.5f, found.logit());
    assertEquals(1.5f, found.without(0));
    assertArrayEquals(new double[] {-2, 0, 0.5}, found.added());
    assertEquals(-2, found.added(0), "towards the target");
    assertEquals(IMAGE, found.image());
    LeaveOneOut known =
        LeaveOneOut.of(IMAGE, -0.5f, IMAGE::without, LeaveOneOutTest::logits, Batches.of(batch))
            .orElseThrow();
    assertEquals(found, known);
    assertEquals(found.hashCode(), known.hashCode());
    LeaveOneOut other =
        LeaveOneOut.of(IMAGE, 0, IMAGE::without, LeaveOneOutTest::logits, Batches.of(batch))
            .orElseThrow();
    assertNotEquals(found, other);
  }

  @Test
  void tellsProgressAndStops() {
    List<Integer> done = new ArrayList<>();
    of(new Batches(3, done::add, () -> false));
    assertEquals(List.of(3, 4), done);
    assertEquals(Optional.empty(), of(new Batches(3, done::add, () -> true)));
  }

  @Test
  void refusesWhatIsNoNumber() {
    NoNumberException e =
        assertThrows(
            NoNumberException.class,
            () ->
                LeaveOneOut.of(
                    IMAGE,
                    0,
                    IMAGE::without,
                    images -> new float[] {0, Float.NaN, 0},
                    Batches.of(3)));
    assertEquals(
        "the logit without pixel 4 is NaN: the network gives no number there", e.getMessage());
    assertThrows(
        NoNumberException.class,
        () ->
            LeaveOneOut.of(
                IMAGE, Float.NaN, IMAGE::without, LeaveOneOutTest::logits, Batches.of(3)));
    assertThrows(IllegalArgumentException.class, () -> Batches.of(0));
  }
}
