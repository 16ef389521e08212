package org.whisker.saliency.faithfulness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Fill;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.faithfulness.Infidelity.Perturbation;

class InfidelityTest {
  private static final Canvas CANVAS = new Canvas(6, 5);
  private static final float[] WEIGHTS = PaintedClassifier.weights(CANVAS);
  private static final Perturbation SQUARE = new Perturbation.Square(3, Fill.white());
  private static final Perturbation NOISE = new Perturbation.Gaussian(0.5);
  private static final BlackPixels IMAGE = BlackPixels.of(CANVAS, 3, 8, 9, 28);
  private final PaintedClassifier linear = PaintedClassifier.linear(CANVAS, WEIGHTS);

  private static SaliencyMap map(SignConvention sign, double factor) {
    float[] values = new float[WEIGHTS.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (factor * WEIGHTS[i]);
    }
    return new SaliencyMap(CANVAS, values, "logits", "m", sign);
  }

  private static SaliencyMap gradient(double factor) {
    return map(SignConvention.WHITE_TOWARDS_NOT_TARGET, factor);
  }

  private Infidelity test(Raster picture, SaliencyMap map, Perturbation by, int batchSize) {
    Infidelity.Options options = new Infidelity.Options(by, 400, 7);
    return Infidelity.of(linear, picture, map, options, batchSize, done -> {}, () -> false)
        .orElseThrow();
  }

  @Test
  void theGradientOfALinearClassifierIsFaithful() {
    for (Perturbation by : List.of(SQUARE, NOISE)) {
      Infidelity found = test(IMAGE, gradient(1), by, 64);
      assertEquals(0, found.value(), 1e-9);
      assertTrue(found.ofZeroMap() > 0.1);
      assertEquals(1, found.scale().getAsDouble(), 1e-6);
    }
  }

  @Test
  void soAreTheEffectsOfItsBlackPixels() {
    // white less black: the content speaks against cat where the weight is below 0
    Infidelity against = test(IMAGE, map(SignConvention.CONTENT_TOWARDS_NOT_TARGET, -1), SQUARE, 8);
    assertEquals(0, against.value(), 1e-12);
    Infidelity towards = test(IMAGE, map(SignConvention.CONTENT_TOWARDS_TARGET, 1), SQUARE, 8);
    assertEquals(against, towards);
  }

  @Test
  void aMapOfAnotherUnitIsFaithfulOnceScaled() {
    Infidelity found = test(IMAGE, gradient(4), SQUARE, 64);
    assertEquals(9 * found.ofZeroMap(), found.value(), 1e-6);
    assertEquals(0.25, found.scale().getAsDouble(), 1e-9);
    assertEquals(0, found.scaled(), 1e-9);
  }

  @Test
  void aZeroMapGetsTheMeanSquareOfTheChanges() {
    Infidelity found = test(GrayImage.filled(CANVAS, 0.5f), gradient(0), NOISE, 64);
    double squares = 0;
    for (float weight : WEIGHTS) {
      squares += (double) weight * weight;
    }
    assertEquals(0.25 * squares, found.value(), 4 * found.standardError());
    // of a squared Gaussian the standard deviation is √2 times its mean
    assertEquals(Math.sqrt(2.0 / 400) * found.value(), found.standardError(), 0.2 * found.value());
    assertTrue(found.standardError() > 0.04 * found.value());
    assertEquals(found.ofZeroMap(), found.value());
    assertEquals(found.ofZeroMap(), found.scaled());
    assertTrue(found.scale().isEmpty());
  }

  @Test
  void squaresThatChangeNothingAreNotScored() {
    Infidelity found = test(BlackPixels.none(CANVAS), gradient(1), SQUARE, 64);
    assertEquals(1, linear.scored);
    assertEquals(0, found.value());
    assertEquals(0, found.ofZeroMap());
  }

  @Test
  void aConstantClassifierIsFlat() {
    Infidelity.Options options = new Infidelity.Options(SQUARE, 20, 7);
    Infidelity found =
        Infidelity.of(
                PaintedClassifier.constant(CANVAS),
                IMAGE,
                gradient(0),
                options,
                4,
                done -> {},
                () -> false)
            .orElseThrow();
    assertEquals(0, found.ofZeroMap());
    assertEquals(0, found.value());
  }

  @Test
  void doesNotDependOnBatches() {
    for (Perturbation by : List.of(SQUARE, NOISE)) {
      Infidelity one = test(IMAGE, gradient(2), by, 1);
      for (int batchSize : new int[] {2, 3, 64}) {
        assertEquals(one, test(IMAGE, gradient(2), by, batchSize));
      }
    }
  }

  @Test
  void tellsProgressStopsAndRefuses() {
    List<Integer> done = new ArrayList<>();
    Infidelity.Options options = new Infidelity.Options(NOISE, 5, 1);
    assertTrue(
        Infidelity.of(linear, IMAGE, gradient(1), options, 2, done::add, () -> false).isPresent());
    assertEquals(List.of(2, 4, 5), done);
    assertTrue(
        Infidelity.of(linear, IMAGE, gradient(1), options, 2, done::add, () -> true).isEmpty());
    SaliencyMap content = map(SignConvention.CONTENT_TOWARDS_TARGET, 1);
    SaliencyMap unsigned =
        new SaliencyMap(CANVAS, new float[WEIGHTS.length], "logits", "m", SignConvention.MAGNITUDE);
    assertThrows(IllegalArgumentException.class, () -> test(IMAGE, content, NOISE, 1));
    assertThrows(IllegalArgumentException.class, () -> test(IMAGE, unsigned, SQUARE, 1));
    Perturbation large = new Perturbation.Square(6, Fill.white());
    var e = assertThrows(IllegalArgumentException.class, () -> test(IMAGE, gradient(1), large, 1));
    assertEquals("a 6x6 square is larger than the 6x5 canvas", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Perturbation.Gaussian(0));
    assertThrows(IllegalArgumentException.class, () -> new Infidelity.Options(NOISE, 1, 0));
  }
}
