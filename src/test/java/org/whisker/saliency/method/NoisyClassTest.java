package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.image.GrayImage;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.SaliencyMethod.MethodInput;
import org.whisker.saliency.ValleyClassifier;

/** Noise that makes another class of the image explains another class. */
class NoisyClassTest {
  private static final GrayImage GRAY = GrayImage.filled(ValleyClassifier.CANVAS, 0.5f);

  private static Attribution explain(NoiseOptions noise) {
    MethodInput input = new MethodInput(new ValleyClassifier(), GRAY, 32, done -> {}, () -> false);
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
    assertTrue(of(kept, Diagnostic.NOISY_P_TARGET) > 0.5, kept.toString());
    assertTrue(of(kept, Diagnostic.NOISY_P_TARGET) < Classifier.catProbability(-0.4));
  }

  @Test
  void aSigmaThatIsAskedForStaysAndTellsWhatTheCopiesAre() {
    Attribution asked = explain(new NoiseOptions(400, 0.15, 3));
    assertEquals(0.15, of(asked, Diagnostic.NOISE));
    assertTrue(of(asked, Diagnostic.NOISY_P_TARGET) < 0.5, asked.toString());
  }

  @Test
  void noiseIsNotHalvedToNothing() {
    assertTrue(new NoiseOptions(4, 0.04, 1).keepingClass().canBeHalved());
    assertFalse(new NoiseOptions(4, 0.015, 1).keepingClass().canBeHalved());
    assertFalse(new NoiseOptions(4, 0.15, 1).canBeHalved());
  }
}
