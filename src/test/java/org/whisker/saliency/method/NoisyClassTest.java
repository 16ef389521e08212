package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.NoiseOptions;

/** Noise that makes another class of the image explains another class. */
class NoisyClassTest {
  private static final Canvas CANVAS = new Canvas(1, 1);
  private static final GrayImage GRAY = GrayImage.filled(CANVAS, 0.5f);

  /** Logit = 10 |gray − ½| − 0.4: a cat where it is gray, less so the more noise there is. */
  private record Valley() implements DifferentiableClassifier {
    @Override
    public String name() {
      return "valley";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = 10 * Math.abs(pictures.get(i).grayValues()[0] - 0.5f) - 0.4f;
      }
      return logits;
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      List<float[]> gradients = new ArrayList<>();
      pictures.forEach(p -> gradients.add(new float[] {p.grayValues()[0] > 0.5f ? 10 : -10}));
      return gradients;
    }

    @Override
    public void close() {}
  }

  private static Attribution explain(NoiseOptions noise) {
    MethodInput input = new MethodInput(new Valley(), GRAY, 32, done -> {}, () -> false);
    return new SmoothGrad(noise).explain(input).orElseThrow();
  }

  private static double of(Attribution map, Diagnostic what) {
    return map.diagnostic(what).orElseThrow();
  }

  /** The median of |noise| is 0.67 σ, so half of the copies are cats at σ 0.06. */
  @Test
  void sigmaIsHalvedUntilTheCopiesKeepTheClass() {
    Attribution kept = explain(new NoiseOptions(400, 0.15, 3).keepingClass());
    assertEquals(0.0375, of(kept, Diagnostic.NOISE));
    assertTrue(of(kept, Diagnostic.NOISY_P_CAT) > 0.5, kept.toString());
    assertTrue(of(kept, Diagnostic.NOISY_P_CAT) < Classifier.catProbability(-0.4));
  }

  @Test
  void aSigmaThatIsAskedForStaysAndTellsWhatTheCopiesAre() {
    Attribution asked = explain(new NoiseOptions(400, 0.15, 3));
    assertEquals(0.15, of(asked, Diagnostic.NOISE));
    assertTrue(of(asked, Diagnostic.NOISY_P_CAT) < 0.5, asked.toString());
  }

  @Test
  void noiseIsNotHalvedToNothing() {
    assertTrue(new NoiseOptions(4, 0.04, 1).keepingClass().canBeHalved());
    assertFalse(new NoiseOptions(4, 0.015, 1).keepingClass().canBeHalved());
    assertFalse(new NoiseOptions(4, 0.15, 1).canBeHalved());
  }
}
