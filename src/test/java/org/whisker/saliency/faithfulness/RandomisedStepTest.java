package org.whisker.saliency.faithfulness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.QuadraticClassifier;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.faithfulness.ParameterRandomisation.RandomisedStep;

class RandomisedStepTest {
  private static final Canvas CANVAS = new Canvas(20, 10);
  private static final ParameterRandomisation.Rolls ROLLS = new ParameterRandomisation.Rolls(39, 4);

  private static SaliencyMap map(IntToDoubleFunction value) {
    float[] values = new float[CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(i);
    }
    return new SaliencyMap(CANVAS, values, "", "m", SignConvention.WHITE_TOWARDS_NOT_TARGET);
  }

  private static RandomisedStep step(SaliencyMap original, SaliencyMap randomised) {
    return RandomisedStep.of(
        "all",
        ParameterRandomisation.Maps.of(original),
        ParameterRandomisation.Maps.of(randomised),
        ROLLS);
  }

  /** A network that has learned nothing but whose map follows the picture. */
  @Test
  void aMapThatShowsThePictureIsMoreAlikeInPlace() {
    SplitMix64 random = new SplitMix64(8);
    SaliencyMap edges = map(i -> CANVAS.x(i) == 4 || CANVAS.y(i) == 6 ? 5 : 1);
    SaliencyMap one = map(i -> edges.at(i) * (1 + 0.2 * random.nextDouble()));
    SaliencyMap other = map(i -> edges.at(i) * (1 + 0.2 * random.nextDouble()));
    RandomisedStep found = step(one, other);
    assertTrue(found.absolute().orElseThrow() > 0.2);
    assertEquals(1 / 40.0, found.rolled().orElseThrow().p(), 1e-12);
    assertTrue(found.rolled().orElseThrow().high() < found.absolute().orElseThrow());
    // two maps of noise are no more alike in place
    SaliencyMap noise = map(i -> random.nextDouble());
    assertTrue(step(one, noise).rolled().orElseThrow().p() > 0.05);
  }

  @Test
  void noRhoNoNull() {
    SaliencyMap flat = map(i -> 1);
    RandomisedStep found = step(flat, map(i -> i));
    assertEquals(OptionalDouble.empty(), found.absolute());
    assertEquals(Optional.empty(), found.rolled());
    // one value has no entropy that could rise
    assertEquals(OptionalDouble.empty(), found.rise());
    assertThrows(IllegalArgumentException.class, () -> new ParameterRandomisation.Rolls(-1, 1));
  }

  @Test
  void entropyByHand() {
    assertEquals(0, RandomisedStep.histogramEntropy(map(i -> 3)));
    assertEquals(Math.log(2), RandomisedStep.histogramEntropy(map(i -> i % 2)), 1e-12);
    // 200 values in 100 bins, two in each
    assertEquals(Math.log(100), RandomisedStep.histogramEntropy(map(i -> i + 0.5)), 1e-6);
    assertEquals(
        RandomisedStep.histogramEntropy(map(i -> i * i)),
        RandomisedStep.histogramEntropy(map(i -> 2 - 3.0 * i * i)),
        0.05);
    // from ln 2 to ln 4
    assertEquals(1, step(map(i -> i % 2), map(i -> i % 4)).rise().orElseThrow(), 1e-12);
    assertEquals(-0.5, step(map(i -> i % 4), map(i -> i % 2)).rise().orElseThrow(), 1e-12);
  }

  /** The gradient of Σ w·g² is 2·w·g, linear in g: the mean over noise comes near it. */
  @Test
  void smoothingTakesTheMeanUnderNoise() {
    float[] weights = new float[CANVAS.pixels()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i % 5 - 2) / 4f;
    }
    QuadraticClassifier classifier = new QuadraticClassifier(CANVAS, weights);
    GrayImage gray = GrayImage.filled(CANVAS, 0.5f);
    List<Raster> seen = new ArrayList<>();
    SaliencyMap plain = gradient(classifier, gray);
    SaliencyMap smooth =
        ParameterRandomisation.smoothedMap(
                picture -> {
                  seen.add(picture);
                  return Optional.of(gradient(classifier, picture));
                },
                gray,
                new NoiseOptions(400, 0.1, 6))
            .orElseThrow();
    assertEquals(400, seen.size());
    assertEquals(400, seen.stream().distinct().count());
    double furthest = 0;
    double apart = 0;
    for (int i = 0; i < weights.length; i++) {
      furthest = Math.max(furthest, Math.abs(smooth.at(i) - plain.at(i)));
      apart = Math.max(apart, Math.abs(gradient(classifier, seen.get(0)).at(i) - plain.at(i)));
    }
    assertTrue(furthest < apart / 5, furthest + " against " + apart);
    assertEquals(
        plain,
        ParameterRandomisation.smoothedMap(
                picture -> Optional.of(gradient(classifier, picture)),
                gray,
                new NoiseOptions(3, 0, 6))
            .orElseThrow());
    assertEquals(
        Optional.empty(),
        ParameterRandomisation.smoothedMap(
            picture -> Optional.empty(), gray, new NoiseOptions(3, 0.1, 6)));
  }

  private static SaliencyMap gradient(QuadraticClassifier classifier, Raster picture) {
    float[] gradient = classifier.inputGradients(List.of(picture)).get(0);
    return map(i -> gradient[i]);
  }

  @Test
  void smoothMapsAreComparedWhereBothAreThere() {
    SaliencyMap up = map(i -> i);
    SaliencyMap down = map(i -> 1_000 - i);
    ParameterRandomisation.Maps both = new ParameterRandomisation.Maps(up, Optional.of(down));
    RandomisedStep found =
        RandomisedStep.of("l", both, new ParameterRandomisation.Maps(up, Optional.of(up)), ROLLS);
    assertEquals(1, found.absolute().orElseThrow(), 1e-12);
    assertEquals(-1, found.smooth().orElseThrow(), 1e-12);
    assertEquals(
        OptionalDouble.empty(),
        RandomisedStep.of("l", both, ParameterRandomisation.Maps.of(up), ROLLS).smooth());
  }
}
