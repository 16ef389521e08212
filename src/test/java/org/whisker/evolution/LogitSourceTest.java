package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.image.Tones;

class LogitSourceTest {
  private static final Canvas CANVAS = new Canvas(4, 1);

  /** The logit is the sum of grays, or of one plane. */
  private static final class Sum implements Classifier {
    private final List<Integer> batches = new ArrayList<>();
    private int plane = -1;

    @Override
    public String name() {
      return "sum";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      batches.add(pictures.size());
      float[] logits = new float[pictures.size()];
      float[] grays = new float[CANVAS.pixels()];
      for (int i = 0; i < logits.length; i++) {
        if (plane < 0) {
          pictures.get(i).paint(grays, 0);
        } else {
          PlanarImage.from(pictures.get(i)).in(3).plane(plane).paint(grays, 0);
        }
        for (float gray : grays) {
          logits[i] += gray;
        }
      }
      return logits;
    }

    @Override
    public void close() {
      batches.clear();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void scoresInBatchesInTheTonesAskedFor(int batch) {
    List<BlackPixels> genomes =
        List.of(
            BlackPixels.none(CANVAS), BlackPixels.of(CANVAS, 0), BlackPixels.of(CANVAS, 1, 2, 3));
    try (Sum sum = new Sum()) {
      assertArrayEquals(new float[] {4, 3, 1}, LogitSource.of(sum, batch).logits(genomes));
      assertEquals((3 + batch - 1) / batch, sum.batches.size());
      LogitSource inverse = LogitSource.of(sum, batch, new Tones(0, 0.5f));
      assertArrayEquals(new float[] {0, 0.5f, 1.5f}, inverse.logits(genomes));
      assertThrows(IllegalArgumentException.class, () -> LogitSource.of(sum, 1 - batch * batch));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void scoresColours(int batch) {
    BlackPixels image = BlackPixels.of(CANVAS, 1, 2);
    try (Sum sum = new Sum()) {
      Tones blueOnGray = new Tones(Tone.gray(0.5f), new Tone(0, 0.25f, 1));
      LogitSource source = LogitSource.of(sum, batch, blueOnGray);
      float[][] expected = {{1, 1.5f, 0.5f}, {1.5f, 1.75f, 1.25f}, {3, 2.5f, 3.5f}};
      for (sum.plane = 0; sum.plane < 3; sum.plane++) {
        float[] each = expected[sum.plane];
        assertArrayEquals(new float[] {each[0]}, source.logits(List.of(image)));
        assertArrayEquals(new float[] {each[1], each[2]}, source.flipped(image, new int[] {1, 0}));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void flipsOnePixelAtATime(int batch) {
    BlackPixels image = BlackPixels.of(CANVAS, 1, 2);
    try (Sum sum = new Sum()) {
      LogitSource source = LogitSource.of(sum, batch, new Tones(0.25f, 0.75f));
      float[] expected = {1.5f, 2.5f, 1.5f};
      assertArrayEquals(expected, source.flipped(image, new int[] {1, 3, 2}));
      LogitSource plain =
          genomes -> source.logits(List.copyOf(genomes)); // without a way of its own
      assertArrayEquals(expected, plain.flipped(image, new int[] {1, 3, 2}));
      assertArrayEquals(new float[0], plain.flipped(image, new int[0]));
    }
  }

  @Test
  void aRememberingSourceAsksForEachGenomeOnce() {
    Sum sum = new Sum();
    LogitSource source = LogitSource.of(sum, 100).remembering();
    BlackPixels none = BlackPixels.none(CANVAS);
    BlackPixels one = BlackPixels.of(CANVAS, 1);
    assertArrayEquals(new float[] {4, 3, 4, 4}, source.logits(List.of(none, one, none, none)));
    assertArrayEquals(new float[] {3, 3}, source.logits(List.of(one, BlackPixels.of(CANVAS, 1))));
    BlackPixels two = BlackPixels.of(CANVAS, 1, 2);
    assertArrayEquals(new float[] {2, 4}, source.logits(List.of(two, none)));
    assertEquals(List.of(2, 1), sum.batches);
  }
}
