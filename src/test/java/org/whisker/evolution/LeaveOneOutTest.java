package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class LeaveOneOutTest {
  private static final Canvas CANVAS = Canvas.square(32);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 600})
  void isMinusTheWeightOfEachPixelOfASum(int count) {
    BlackPixels image = BlackPixels.of(CANVAS, IntStream.range(0, count).map(i -> i + 7).toArray());
    float[] deltas = LeaveOneOut.deltas(Planted::weightedSum, image);
    assertEquals(count, deltas.length);
    for (int i = 0; i < count; i++) {
      // a pixel towards cat has a weight below 0: without it the logit is higher
      assertEquals(-Planted.weight(image.get(i)), deltas[i], 1e-4, "pixel " + image.get(i));
    }
  }

  @Test
  void whiteHasNone() {
    BlackPixels white = BlackPixels.none(CANVAS);
    assertArrayEquals(new float[0], LeaveOneOut.deltas(Planted::weightedSum, white));
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
    assertThrows(IllegalArgumentException.class, () -> LeaveOneOut.deltas(broken, image));
  }
}
