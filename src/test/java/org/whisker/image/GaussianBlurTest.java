package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianBlurTest {
  private static GrayImage waves(int width, int height) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 + 0.5 * Math.sin(i * 0.37 + i * i % 7));
    }
    return new GrayImage(new Canvas(width, height), values);
  }

  private static int mirrored(int i, int length) {
    int folded = Math.floorMod(i, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }

  /** A picture that is smaller than the kernel is mirrored several times. */
  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1, 5})
  void isTheMeanWithWeights(double sigma) {
    GrayImage picture = waves(13, 9);
    GrayImage blurred = GaussianBlur.of(picture, sigma);
    int reach = (int) Math.ceil(6 * sigma);
    for (int i = 0; i < 13 * 9; i++) {
      double sum = 0;
      double all = 0;
      for (int dy = -reach; dy <= reach; dy++) {
        for (int dx = -reach; dx <= reach; dx++) {
          double weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
          all += weight;
          sum += weight * picture.at(mirrored(i % 13 + dx, 13), mirrored(i / 13 + dy, 9));
        }
      }
      assertEquals(sum / all, blurred.at(i), 1e-6);
    }
  }

  @Test
  void whatTakesTooLongIsRefused() {
    GrayImage large = GrayImage.filled(new Canvas(3000, 2000), 0.5f);
    String message =
        assertThrows(IllegalArgumentException.class, () -> GaussianBlur.of(large, 500)).toString();
    assertTrue(message.contains("too wide for a picture of 3000x2000"), message);
  }
}
