package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

class ContributionMapTest {
  private static final Canvas CANVAS = new Canvas(3, 2);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void aPixelWhoseWhiteIsAwayFromCatIsTowardsCatWhenBlack(int batch) {
    LinearClassifier classifier =
        new LinearClassifier(CANVAS, 1, new float[] {2, -1, 0.5f, 0, 0, 4});
    List<BlackPixels> images =
        List.of(
            BlackPixels.of(CANVAS, 0, 1, 5),
            BlackPixels.none(CANVAS),
            BlackPixels.of(CANVAS, 0),
            BlackPixels.of(CANVAS, 2));
    long[] scored = {0};
    List<PixelContributions> measured =
        PixelContributions.measure(
                classifier, images, Tones.standard(), batch, done -> scored[0] = done, () -> false)
            .orElseThrow();
    assertEquals(4 + 5, scored[0]);
    assertTrue(classifier.largestBatch <= batch);
    ConditionMaps.ContributionMap map = ConditionMaps.ContributionMap.of(measured, 1);
    assertEquals(-2 * 2 / 4.0, map.mean().at(0, 0), 1e-6);
    assertEquals(1 / 4.0, map.mean().at(1, 0), 1e-6);
    assertEquals(-0.5 / 4, map.mean().at(2, 0), 1e-6);
    assertEquals(0, map.mean().at(0, 1));
    assertEquals(-4 / 4.0, map.mean().at(2, 1), 1e-6);
    assertEquals(map.mean().mean(), map.smoothed().mean(), 1e-12);
    assertEquals(4, map.runs());
  }

  @Test
  void aPixelCountsByHowFarItsInkIsFromTheBackground() {
    LinearClassifier classifier =
        new LinearClassifier(CANVAS, 1, new float[] {2, -1, 0.5f, 0, 0, 4});
    BlackPixels image = BlackPixels.of(CANVAS, 0, 5);
    Tones tones = new Tones(0.25f, 0.75f);
    PixelContributions measured =
        PixelContributions.measure(classifier, List.of(image), tones, 9, d -> {}, () -> false)
            .orElseThrow()
            .get(0);
    assertEquals(0.5 * 2, measured.get(0), 1e-6);
    assertEquals(0.5 * 4, measured.get(1), 1e-6);
  }

  @Test
  void stopsBetweenBatchesAndRefusesUnequalLengths() {
    LinearClassifier classifier = new LinearClassifier(CANVAS, 0, new float[6]);
    BlackPixels image = BlackPixels.of(CANVAS, 1, 2);
    assertTrue(
        PixelContributions.measure(
                classifier, List.of(image), Tones.standard(), 1, d -> {}, () -> true)
            .isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new PixelContributions(image, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new PixelContributions(image, 1, Double.NaN));
  }
}
