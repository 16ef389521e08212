package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

class PermutedClassifierTest {
  private static final Canvas CANVAS = new Canvas(4, 3);

  /** The sum of i · gray(i); remembers whether it was closed. */
  private static final class Weighted implements Classifier {
    private boolean closed;

    @Override
    public String name() {
      return "weighted";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        float[] gray = new float[CANVAS.pixels() + 2];
        pictures.get(i).paint(gray, 2);
        for (int p = 0; p < CANVAS.pixels(); p++) {
          logits[i] += p * gray[p + 2];
        }
      }
      return logits;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Weighted inner = new Weighted();

  private PermutedClassifier permuted(long seed) {
    return new PermutedClassifier(inner, new SplitMix64(seed));
  }

  private static float[] effects(Classifier classifier) {
    return classifier.logits(
        IntStream.range(0, 12).mapToObj(i -> BlackPixels.of(CANVAS, i)).toList());
  }

  @Test
  void showsEveryPixelAtAnotherPlace() {
    float[] plain = effects(inner);
    float[] shuffled = effects(permuted(1));
    assertFalse(Arrays.equals(plain, shuffled));
    Arrays.sort(plain);
    float[] sorted = shuffled.clone();
    Arrays.sort(sorted);
    assertArrayEquals(plain, sorted);
    assertArrayEquals(shuffled, effects(permuted(1)));
    assertFalse(Arrays.equals(shuffled, effects(permuted(2))));
  }

  @Test
  void isTheSameForEveryPicture() {
    Classifier permuted = permuted(3);
    float[] alone = effects(permuted);
    float white = permuted.logits(List.of(BlackPixels.none(CANVAS)))[0];
    float both = permuted.logits(List.of(BlackPixels.of(CANVAS, 2, 7)))[0];
    assertEquals(alone[2] + alone[7] - white, both, 1e-5);
    float[] gray = new float[12];
    gray[5] = 0.5f;
    float half = permuted.logits(List.of(new GrayImage(CANVAS, gray)))[0];
    assertEquals((white - alone[5]) / 2, half, 1e-5);
  }

  @Test
  void leavesTheClassifierOpenAndKeepsItsSize() {
    try (PermutedClassifier permuted = permuted(4)) {
      assertEquals("weighted (permuted)", permuted.name());
      assertEquals(CANVAS, permuted.canvas());
      BlackPixels other = BlackPixels.none(new Canvas(3, 4));
      assertThrows(IllegalArgumentException.class, () -> permuted.logits(List.of(other)));
    }
    assertFalse(inner.closed);
  }
}
