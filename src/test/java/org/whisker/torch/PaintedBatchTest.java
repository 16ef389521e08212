package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

class PaintedBatchTest {
  private static final Canvas CANVAS = new Canvas(7, 5);

  @Test
  void nothingOfTheLastBatchIsLeft() {
    SplitMix64 random = SplitMix64.stream(1, "batches", 0);
    PaintedBatch batch = new PaintedBatch(CANVAS, 1, 4);
    for (int round = 0; round < 60; round++) {
      List<Raster> pictures = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int[] black = random.ints(random.nextInt(12), 0, CANVAS.pixels()).toArray();
        pictures.add(
            random.nextInt(4) == 0
                ? GrayImage.filled(CANVAS, random.nextFloat())
                : BlackPixels.of(CANVAS, black));
      }
      assertArrayEquals(painted(pictures), floats(batch.of(pictures, 0)));
    }
  }

  private static float[] painted(List<Raster> pictures) {
    float[] all = new float[pictures.size() * CANVAS.pixels()];
    for (int i = 0; i < pictures.size(); i++) {
      pictures.get(i).paint(all, i * CANVAS.pixels());
    }
    return all;
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  @Test
  void roomForNoMore() {
    PaintedBatch batch = new PaintedBatch(CANVAS, 1, 1);
    Raster white = BlackPixels.none(CANVAS);
    assertThrows(IndexOutOfBoundsException.class, () -> batch.of(List.of(white, white), 0));
    assertThrows(ArithmeticException.class, () -> new PaintedBatch(CANVAS, 1, 1 << 26));
  }
}
