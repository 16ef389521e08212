package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;

class InputGradientTest {
  private static final Canvas CANVAS = new Canvas(3, 2);
  private static final float[] WEIGHTS = {1, -2, 0, 0.5f, 4, -1};

  /** Logit = Σ weight · gray², so its gradient is 2 · weight · gray. */
  private static final class Squares implements DifferentiableClassifier {
    int largestBatch;

    @Override
    public String name() {
      return "squares";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      throw new UnsupportedOperationException("a gradient needs no scores");
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      largestBatch = Math.max(largestBatch, pictures.size());
      List<float[]> gradients = new ArrayList<>();
      for (Raster picture : pictures) {
        float[] gradient = new float[6];
        picture.paint(gradient, 0);
        for (int i = 0; i < 6; i++) {
          gradient[i] *= 2 * WEIGHTS[i];
        }
        gradients.add(gradient);
      }
      return gradients;
    }

    @Override
    public void close() {}
  }

  private final Squares classifier = new Squares();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void isTheGradientAtEachPicture(int batchSize) {
    List<Raster> pictures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pictures.add(GrayImage.filled(CANVAS, i / 4f));
    }
    List<SaliencyMap> maps = InputGradient.of(classifier, pictures, batchSize);
    assertEquals(5, maps.size());
    for (int i = 0; i < 5; i++) {
      for (int p = 0; p < 6; p++) {
        assertEquals(2 * WEIGHTS[p] * i / 4f, maps.get(i).at(p));
      }
    }
    assertTrue(classifier.largestBatch <= batchSize);
    assertEquals(SignConvention.WHITE_TOWARDS_NOT_TARGET, maps.get(0).sign());
    assertTrue(maps.get(0).isZero());
    assertEquals(8, maps.get(4).at(1, 1));
  }

  private static SaliencyMap map(float... values) {
    return new SaliencyMap(
        new Canvas(values.length, 1),
        values,
        InputGradient.METHOD.unit(),
        InputGradient.METHOD.label(),
        SignConvention.WHITE_TOWARDS_NOT_TARGET);
  }

  @Test
  void refusesOtherSizesAndNaN() {
    List<Raster> wrong = List.of(BlackPixels.none(Canvas.square(2)));
    assertThrows(IllegalArgumentException.class, () -> InputGradient.of(classifier, wrong, 1));
    assertThrows(IllegalArgumentException.class, () -> InputGradient.of(classifier, List.of(), 0));
    assertThrows(IllegalArgumentException.class, () -> map(1, Float.NaN));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new SaliencyMap(
                Canvas.square(1), new float[] {-1}, "x", "m", SignConvention.MAGNITUDE));
  }
}
