package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.whisker.image.GrayImage;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.faithfulness.Faithfulness;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.saliency.method.SmoothGrad;

/** Maps that are compared have the noise and the steps of the first, whatever their image is. */
class AlikeMapsTest {
  private static final MethodSettings SETTINGS = settings();
  private static final Attributions ATTRIBUTIONS =
      new Attributions(new ValleyClassifier(), SETTINGS, 64, done -> {}, () -> false);

  /** A cat, whose neighbours on the one side are none: these keep their class under any noise. */
  private static final GrayImage EDGE = gray(0.539f);

  private static GrayImage gray(float value) {
    return GrayImage.filled(ValleyClassifier.CANVAS, value);
  }

  private static MethodSettings settings() {
    MethodSettings usual = AttributionsTest.settings(ValleyClassifier.CANVAS, 0);
    return new MethodSettings(
        usual.baseline(),
        QuadratureSteps.from(2),
        new NoiseOptions(200, 0.15, 1).keepingClass(),
        usual.layer(),
        usual.upsampling(),
        usual.occlusion(),
        0,
        1,
        usual.rise(),
        usual.shapley());
  }

  private static double number(Attribution of, Diagnostic what) {
    return of.diagnostic(what).orElseThrow();
  }

  @Test
  void anotherImageInheritsTheNoise() {
    Attribution made = ATTRIBUTIONS.of(SmoothGrad.METHOD, EDGE).orElseThrow();
    double sigma = number(made, Diagnostic.NOISE);
    assertTrue(sigma < 0.05, "halved, to " + sigma);
    GrayImage other = gray(0.56f);
    Attribution alone = ATTRIBUTIONS.of(SmoothGrad.METHOD, other).orElseThrow();
    assertEquals(0.15, number(alone, Diagnostic.NOISE), "the test needs an image that chooses");
    Attribution like = ATTRIBUTIONS.like(made, other).orElseThrow();
    assertEquals(sigma, number(like, Diagnostic.NOISE));
  }

  @Test
  void anotherImageInheritsTheSteps() {
    Attribution made =
        new Attribution(
            IntegratedGradients.METHOD,
            IntegratedGradients.METHOD.map(ValleyClassifier.CANVAS, new float[] {1}),
            List.of(),
            Map.of(Diagnostic.STEPS, 7.0));
    Attribution like = ATTRIBUTIONS.like(made, gray(1)).orElseThrow();
    assertEquals(7, number(like, Diagnostic.STEPS));
    Attribution alone = ATTRIBUTIONS.of(IntegratedGradients.METHOD, gray(1)).orElseThrow();
    assertEquals(2, number(alone, Diagnostic.STEPS), "the path from gray has no kink");
  }

  /** With noise chosen anew, the map of a neighbour is another: ±10 under little noise, 2 else. */
  @Test
  void sensitivityIsThatOfTheMapNotOfTheNoise() {
    Attribution made = ATTRIBUTIONS.of(SmoothGrad.METHOD, EDGE).orElseThrow();
    Faithfulness.Options options = new Faithfulness.Options(2, 2, 0, 2, 6, 0.005, 1);
    Optional<Faithfulness> found =
        Faithfulness.of(new ValleyClassifier(), EDGE, made, SETTINGS, options, 64, () -> false);
    double relative = found.orElseThrow().sensitivity().orElseThrow().relative().orElseThrow();
    assertTrue(relative < 0.2, "" + relative);
  }
}
