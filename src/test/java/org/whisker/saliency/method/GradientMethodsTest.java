package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.QuadraticClassifier;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.IntegratedGradients.GaussLegendre;
import org.whisker.saliency.method.SmoothGrad.VarGrad;

/** The methods on a function whose gradient is known. */
class GradientMethodsTest {
  private static final Canvas CANVAS = new Canvas(3, 2);
  private static final GrayImage PICTURE =
      new GrayImage(CANVAS, new float[] {0, 0.25f, 0.5f, 0.75f, 1, 1});
  private final QuadraticClassifier classifier =
      new QuadraticClassifier(CANVAS, 1, -2, 0, 0.5f, 4, -1);

  @Test
  void absoluteGradient() {
    SaliencyMap map = new AbsoluteGradient().maps(classifier, List.of(PICTURE), 1).get(0);
    assertArrayEquals(new float[] {0, 1, 0, 0.75f, 8, 2}, map.values());
    assertEquals(SignConvention.MAGNITUDE, map.sign());
  }

  @Test
  void gradientTimesInputComparesWithTheBaseline() {
    SaliencyMap black =
        new GradientTimesInput(Baseline.black()).maps(classifier, List.of(PICTURE), 1).get(0);
    assertArrayEquals(new float[] {0, -0.25f, 0, 0.5625f, 8, -2}, black.values(), 1e-6f);
    SaliencyMap white =
        new GradientTimesInput(Baseline.white()).maps(classifier, List.of(PICTURE), 1).get(0);
    assertArrayEquals(new float[] {0, 0.75f, 0, -0.1875f, 0, 0}, white.values(), 1e-6f);
    assertEquals(SignConvention.CONTENT_TOWARDS_NOT_TARGET, white.sign());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void integratedGradientsOfASquareAreTheDifferenceOfSquares(int batch) {
    List<GrayImage> pictures = List.of(PICTURE, GrayImage.filled(CANVAS, 0.5f));
    IntegratedGradients method = new IntegratedGradients(Baseline.gray(), 3);
    List<IntegratedGradients.Result> results = method.results(classifier, pictures, batch);
    float[] expected = {-0.25f, 0.375f, 0, 0.15625f, 3, -0.75f};
    assertArrayEquals(expected, results.get(0).map().values(), 1e-6f);
    assertEquals(0, results.get(0).completenessError(), 1e-6);
    assertEquals(0.625, results.get(0).baselineLogit(), 1e-6);
    assertTrue(results.get(1).map().isZero());
    assertTrue(classifier.largestBatch() <= batch);
  }

  @Test
  void completenessErrorIsWhatTheSumHasTooMuch() {
    SaliencyMap map =
        new SaliencyMap(
            new Canvas(2, 1),
            new float[] {3, -1},
            "logits",
            "m",
            SignConvention.CONTENT_TOWARDS_NOT_TARGET);
    assertEquals(0.5, new IntegratedGradients.Result(map, 1, -0.5).completenessError());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 50})
  void gaussLegendreIsExactUpToItsDegree(int n) {
    GaussLegendre rule = new GaussLegendre(n);
    for (int degree = 0; degree < 2 * n; degree++) {
      double integral = 0;
      for (int i = 0; i < n; i++) {
        integral += rule.weight(i) * Math.pow(rule.node(i), degree);
      }
      assertEquals(1.0 / (degree + 1), integral, 1e-14, "degree " + degree);
    }
    assertEquals(0.5 - Math.sqrt(1 / 12.0), new GaussLegendre(2).node(0), 1e-15);
  }

  @Test
  void noNoiseIsThePlainGradient() {
    NoiseOptions none = new NoiseOptions(4, 0, 1);
    SaliencyMap plain = new InputGradient().maps(classifier, List.of(PICTURE), 1).get(0);
    SaliencyMap smooth = new SmoothGrad(none).maps(classifier, List.of(PICTURE), 3).get(0);
    assertArrayEquals(plain.values(), smooth.values());
    assertTrue(new VarGrad(none).maps(classifier, List.of(PICTURE), 3).get(0).isZero());
  }

  /** The gradient of weight · gray² under noise: mean 2 w x, variance (2 w σ)². */
  @Test
  void meanAndVarianceUnderNoise() {
    int n = 4000;
    NoiseOptions noise = new NoiseOptions(n, 0.2, 11);
    SaliencyMap plain = new InputGradient().maps(classifier, List.of(PICTURE), 1).get(0);
    SaliencyMap mean = new SmoothGrad(noise).maps(classifier, List.of(PICTURE), 100).get(0);
    SaliencyMap variance = new VarGrad(noise).maps(classifier, List.of(PICTURE), 100).get(0);
    float[] weights = {1, -2, 0, 0.5f, 4, -1};
    for (int i = 0; i < weights.length; i++) {
      double sd = Math.abs(2 * weights[i] * 0.2);
      assertEquals(plain.at(i), mean.at(i), 4 * sd / Math.sqrt(n));
      assertEquals(sd * sd, variance.at(i), 4 * sd * sd * Math.sqrt(2.0 / n));
    }
  }

  @Test
  void noiseDependsOnTheSeedAlone() {
    GrayImage other = GrayImage.filled(CANVAS, 0.1f);
    SmoothGrad method = new SmoothGrad(new NoiseOptions(5, 0.2, 11));
    SaliencyMap alone = method.maps(classifier, List.of(PICTURE), 1).get(0);
    assertEquals(alone, method.maps(classifier, List.of(other, PICTURE), 3).get(1));
    SmoothGrad another = new SmoothGrad(new NoiseOptions(5, 0.2, 12));
    assertTrue(!alone.equals(another.maps(classifier, List.of(PICTURE), 1).get(0)));
  }

  @Test
  void aSinglePixelIsACanvas() {
    Canvas dot = Canvas.square(1);
    QuadraticClassifier one = new QuadraticClassifier(dot, 3);
    List<BlackPixels> black = List.of(BlackPixels.of(dot, 0));
    IntegratedGradients method =
        new IntegratedGradients(Baseline.white(), IntegratedGradients.DEFAULT_STEPS);
    assertEquals(-3, method.maps(one, black, 64).get(0).at(0), 1e-5);
    SmoothGrad smooth = new SmoothGrad(NoiseOptions.seeded(2));
    assertTrue(Float.isFinite(smooth.maps(one, black, 64).get(0).at(0)));
  }

  @Test
  void refusesWhatItCannotUse() {
    assertThrows(IllegalArgumentException.class, () -> new NoiseOptions(0, 0.1, 1));
    assertThrows(IllegalArgumentException.class, () -> new NoiseOptions(1, Double.NaN, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new IntegratedGradients(Baseline.white(), 0));
    Baseline wrong = Baseline.image("dot", GrayImage.filled(Canvas.square(1), 0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new IntegratedGradients(wrong, IntegratedGradients.DEFAULT_STEPS)
                .maps(classifier, List.of(PICTURE), 1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Methods.named("smile")).toString();
    assertTrue(message.contains("smile") && message.contains("grad-cam++"), message);
  }
}
