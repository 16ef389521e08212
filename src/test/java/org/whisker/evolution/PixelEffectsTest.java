package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** What each pixel adds, by the logits that a search has. */
class PixelEffectsTest {
  private static final Canvas CANVAS = Canvas.square(32);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 600})
  void isTheWeightOfEachPixelOfASum(int count) {
    BlackPixels image = BlackPixels.of(CANVAS, IntStream.range(0, count).map(i -> i + 7).toArray());
    LogitSource source = Planted::weightedSum;
    double[] deltas = source.leaveOneOut(image).added();
    assertEquals(count, deltas.length);
    for (int i = 0; i < count; i++) {
      // a pixel towards the target has a weight below 0: with it the logit is lower
      assertEquals(Planted.weight(image.get(i)), deltas[i], 1e-4, "pixel " + image.get(i));
    }
  }

  @Test
  void whiteHasNone() {
    BlackPixels white = BlackPixels.none(CANVAS);
    LogitSource source = Planted::weightedSum;
    assertArrayEquals(new double[0], source.leaveOneOut(white).added());
  }

  @Test
  void refusesWhatIsNoNumber() {
    BlackPixels image = BlackPixels.of(CANVAS, 3, 5);
    LogitSource broken =
        images -> {
          float[] logits = new float[images.size()];
          logits[0] = images.get(0).count() == 1 ? Float.NaN : 0;
          return logits;
        };
    assertThrows(NoNumberException.class, () -> broken.leaveOneOut(image));
  }
}
