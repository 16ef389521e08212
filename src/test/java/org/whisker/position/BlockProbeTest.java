package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.position.BlockMap.BlockProbe;
import org.whisker.position.BlockMap.BlockProbe.Fill;
import org.whisker.random.SplitMix64;

class BlockProbeTest {
  private static final Canvas CANVAS = new Canvas(5, 4);
  // Multiples of 1/8, so that every sum is exact.
  private final float[] weights = new float[20];
  private final LinearClassifier classifier = new LinearClassifier(CANVAS, 0.5f, weights);

  BlockProbeTest() {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i * 7 % 20 - 9) / 8f;
    }
  }

  private BlockMap map(Raster base, int block, Fill fill, int batch) {
    BlockProbe probe = new BlockProbe(base, block, fill);
    double[] delta = probe.unmeasured();
    try (PatchScorer scorer = PatchScorer.full(classifier, base)) {
      assertTrue(probe.measure(scorer, delta, batch, done -> {}, () -> false));
      return new BlockMap(probe, scorer.baseLogit(), delta);
    }
  }

  private static GrayImage gray() {
    float[] gray = new float[20];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = i % 5 / 4f;
    }
    return new GrayImage(CANVAS, gray);
  }

  @Test
  void coloursArePredictedPlaneByPlane() {
    float[] colours = new float[60];
    float[] gradient = new float[60];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = i % 8 / 8f;
      gradient[i] = (i % 7 - 3) / 4f;
    }
    BlockProbe probe = new BlockProbe(PlanarImage.of(CANVAS, colours), 1, Fill.BLACK);
    double[] predicted = probe.predicted(gradient);
    for (int i = 0; i < 20; i++) {
      double sum = 0;
      for (int at = i; at < 60; at += 20) {
        sum -= gradient[at] * colours[at];
      }
      assertEquals(sum, predicted[i], 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "2,3", "3,100", "4,1"})
  void aLinearClassifierDoesAsItsGradientPredicts(int block, int batch) {
    for (Raster base : List.of(BlackPixels.none(CANVAS), BlackPixels.of(CANVAS, 3, 8), gray())) {
      for (Fill fill : Fill.values()) {
        BlockProbe probe = new BlockProbe(base, block, fill);
        assertEquals(new Canvas(6 - block, 5 - block), probe.places());
        boolean any = Arrays.stream(probe.unmeasured()).anyMatch(Double::isNaN);
        if (any) {
          BlockMap map = map(base, block, fill, batch);
          assertArrayEquals(probe.predicted(weights), map.values());
        }
      }
    }
  }

  @Test
  void aBlockIsNamedByItsTopLeft() {
    BlockMap map = map(BlackPixels.none(CANVAS), 2, Fill.BLACK, 4);
    double sum = 0;
    for (int pixel : new int[] {7, 8, 12, 13}) {
      sum -= weights[pixel];
    }
    assertEquals(sum, map.at(map.canvas().index(2, 1)));
    assertEquals(12, map.changed().length);
  }

  @Test
  void placesThatChangeNothingCountNowhere() {
    BlackPixels image = BlackPixels.of(CANVAS, 3, 8);
    BlockMap add = map(image, 1, Fill.BLACK, 5);
    assertEquals(18, add.changed().length);
    assertEquals(0, add.at(3));
    classifier.scored = 0;
    BlockMap remove = map(image, 1, Fill.WHITE, 5);
    assertEquals(1 + 2, classifier.scored);
    assertArrayEquals(new int[] {3, 8}, remove.changed());
    assertEquals(weights[8], remove.at(8));
    assertEquals((weights[3] + weights[8]) / 2, remove.mean());
    int helping = (weights[3] < 0 ? 1 : 0) + (weights[8] < 0 ? 1 : 0);
    assertEquals(helping / 2.0, remove.helping());
  }

  @Test
  void goesOnWhereItStopped() {
    BlackPixels white = BlackPixels.none(CANVAS);
    BlockProbe probe = new BlockProbe(white, 1, Fill.BLACK);
    double[] delta = probe.unmeasured();
    List<Integer> done = new ArrayList<>();
    PatchScorer scorer = PatchScorer.full(classifier, white);
    assertFalse(probe.measure(scorer, delta, 6, done::add, () -> done.size() == 2));
    assertEquals(List.of(6, 12), done);
    assertEquals(8, Arrays.stream(delta).filter(Double::isNaN).count());
    classifier.scored = 0;
    assertTrue(probe.measure(scorer, delta, 6, done::add, () -> false));
    assertEquals(8, classifier.scored);
    assertEquals(List.of(6, 12, 18, 20), done);
    assertArrayEquals(map(white, 1, Fill.BLACK, 20).values(), delta);
  }

  @Test
  void ringsFollowTheDistanceOfTheWholeBlock() {
    BlockMap map = map(BlackPixels.none(CANVAS), 2, Fill.BLACK, 9);
    // Places 4x3: ten on the border, two within.
    List<BlockMap.Ring> rings = map.rings(10);
    assertEquals(List.of(10, 2), rings.stream().map(BlockMap.Ring::places).toList());
    double inner = (map.at(5) + map.at(6)) / 2;
    assertEquals(inner, rings.get(1).mean().getAsDouble());
    long helping = Arrays.stream(map.values()).filter(d -> d < 0).count();
    assertEquals(helping / 12.0, map.helping());
    assertTrue(map.byEdgeRank(new SplitMix64(1)).isPresent());
    assertEquals(1, map.agreement(map.values()).orElseThrow().slope(), 1e-12);
    BlockMap removed = map(BlackPixels.of(CANVAS, 0), 1, Fill.WHITE, 9);
    assertTrue(removed.rings(10).get(1).mean().isEmpty());
    assertTrue(removed.byEdgeRank(new SplitMix64(1)).isEmpty());
  }

  /** What a float32 sum leaves in the last digit has no order. */
  @Test
  void aMapThatIsConstantButForRoundingHasNoRank() {
    BlockProbe probe = new BlockProbe(BlackPixels.none(CANVAS), 1, Fill.BLACK);
    double[] delta = probe.unmeasured();
    for (int place = 0; place < delta.length; place++) {
      delta[place] = 0.5 + 1e-7 * (place % 3);
    }
    assertTrue(new BlockMap(probe, 2, delta).byEdgeRank(new SplitMix64(1)).isEmpty());
    delta[0] += 0.1;
    assertTrue(new BlockMap(probe, 2, delta).byEdgeRank(new SplitMix64(1)).isPresent());
  }

  @Test
  void aMapThatIsConstantButForRoundingAgreesWithNothing() {
    BlockProbe probe = new BlockProbe(BlackPixels.none(CANVAS), 1, Fill.BLACK);
    double[] delta = probe.unmeasured();
    for (int place = 0; place < delta.length; place++) {
      delta[place] = 0.5 + 1e-7 * (place % 3);
    }
    double[] predicted = probe.predicted(weights);
    assertTrue(new BlockMap(probe, 2, delta).agreement(predicted).isEmpty());
    double[] same = new double[delta.length];
    for (int place = 0; place < delta.length; place++) {
      same[place] = 0.5 + 1e-7 * (place % 2);
    }
    delta[0] += 0.1;
    assertTrue(new BlockMap(probe, 2, delta).agreement(predicted).isPresent());
    assertTrue(new BlockMap(probe, 2, delta).agreement(same).isEmpty(), "a constant prediction");
  }

  @Test
  void refusesWhatCannotBe() {
    BlackPixels white = BlackPixels.none(CANVAS);
    for (int block : new int[] {0, 5}) {
      assertThrows(IllegalArgumentException.class, () -> new BlockProbe(white, block, Fill.BLACK));
    }
    BlockProbe nothing = new BlockProbe(white, 1, Fill.WHITE);
    assertThrows(
        IllegalArgumentException.class, () -> new BlockMap(nothing, 0, nothing.unmeasured()));
    BlockProbe probe = new BlockProbe(white, 1, Fill.BLACK);
    assertThrows(IllegalArgumentException.class, () -> new BlockMap(probe, 0, probe.unmeasured()));
    assertThrows(IllegalArgumentException.class, () -> probe.predicted(new float[3]));
    weights[4] = Float.NaN;
    assertThrows(NoNumberException.class, () -> map(white, 1, Fill.BLACK, 4));
  }
}
