package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

class AttributionsTest {
  private static final Canvas CANVAS = new Canvas(9, 7);
  private static final BlackPixels IMAGE = BlackPixels.of(CANVAS, 3, 12, 13, 40);

  static MethodSettings settings(Canvas canvas, int verified) {
    int side = Math.min(3, Math.min(canvas.width(), canvas.height()));
    return new MethodSettings(
        Baseline.gray(),
        20,
        new NoiseOptions(4, 0.1, 1),
        "planted",
        Upsampling.NEAREST,
        OcclusionOptions.square(side, 1, Fill.white()),
        verified,
        5,
        new Rise.Options(64, 2, 0.5, Fill.white(), 1),
        new ShapleySampling.Options(4, 1));
  }

  private static Optional<Attribution> run(Method method, Classifier classifier, Raster picture) {
    MethodSettings settings = settings(classifier.canvas(), 3);
    return new Attributions(classifier, settings, 8, done -> {}, () -> false).of(method, picture);
  }

  private static Attribution found(Method method, Classifier classifier, Raster picture) {
    return run(method, classifier, picture).orElseThrow();
  }

  private static GrayImage gray(Canvas canvas) {
    return GrayImage.filled(canvas, 0.25f);
  }

  @ParameterizedTest
  @EnumSource
  void everyMethodHasANameALineAndIsFoundByTheName(Method method) {
    assertEquals(method, Method.parse(method.label()));
    assertFalse(method.line().isBlank());
  }

  @Test
  void anUnknownMethodListsThem() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Method.parse("x")).toString();
    assertTrue(message.contains("grad-cam++, occlusion"), message);
  }

  @Test
  void whatAMethodNeedsIsSaid() {
    PaintedClassifier plain = PaintedClassifier.constant(CANVAS);
    assertEquals(
        Optional.of("gradient needs gradients, which painted has not"),
        Method.GRADIENT.obstacle(plain, IMAGE));
    assertEquals(
        Optional.of("grad-cam needs layers to look at, which painted has not"),
        Method.GRAD_CAM.obstacle(plain, IMAGE));
    assertEquals(
        Optional.of("shapley needs black pixels on white; the picture has grays"),
        Method.SHAPLEY.obstacle(plain, gray(CANVAS)));
    assertEquals(Optional.empty(), Method.SHAPLEY.obstacle(plain, IMAGE));
    assertEquals(Optional.empty(), Method.OCCLUSION.obstacle(plain, gray(CANVAS)));
    assertThrows(IllegalArgumentException.class, () -> run(Method.VARGRAD, plain, gray(CANVAS)));
  }

  @Test
  void aPictureFileOfBlackAndWhiteIsKnown() {
    float[] values = new float[CANVAS.pixels()];
    IMAGE.paint(values, 0);
    assertEquals(Optional.of(IMAGE), BlackOnWhite.of(new GrayImage(CANVAS, values)));
    values[5] = 0.999f;
    assertEquals(Optional.empty(), BlackOnWhite.of(new GrayImage(CANVAS, values)));
  }

  @ParameterizedTest
  @EnumSource(names = {"OCCLUSION", "RISE", "LEAVE_ONE_OUT", "SHAPLEY"})
  void aConstantClassifierGivesZeros(Method method) {
    Attribution found = found(method, PaintedClassifier.constant(CANVAS), IMAGE);
    assertTrue(found.map().isZero());
    assertEquals(
        Optional.empty(), MapEdgeIndex.of(found.map(), 19, SplitMix64.stream(1, "test", 0)));
    assertEquals(method.label(), found.map().method());
  }

  @ParameterizedTest
  @EnumSource(names = {"OCCLUSION", "RISE", "LEAVE_ONE_OUT", "SHAPLEY"})
  void ofOnePixel(Method method) {
    Canvas one = new Canvas(1, 1);
    PaintedClassifier classifier = PaintedClassifier.linear(one, new float[] {2});
    Attribution found = found(method, classifier, BlackPixels.of(one, 0));
    // black lowers the logit by 2: it speaks for cat
    float expected =
        switch (found.map().sign()) {
          case CONTENT_TOWARDS_CAT -> 2;
          default -> -2;
        };
    if (method != Method.RISE) {
      assertEquals(expected, found.map().at(0), 1e-6);
    }
    assertEquals(1, found.map().canvas().pixels());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "GRADIENT",
        "ABSOLUTE_GRADIENT",
        "GRADIENT_X_INPUT",
        "SMOOTHGRAD",
        "VARGRAD",
        "INTEGRATED_GRADIENTS"
      })
  void gradientsOfOnePixel(Method method) {
    Canvas one = new Canvas(1, 1);
    Attribution found = found(method, new QuadraticClassifier(one, 3), gray(one));
    assertEquals(1, found.map().canvas().pixels());
    if (method == Method.GRADIENT) {
      assertEquals(1.5, found.map().at(0), 1e-6);
    }
  }

  @Test
  void integratedGradientsSayWhetherTheyAddUp() {
    Canvas one = new Canvas(1, 1);
    Attribution found =
        found(Method.INTEGRATED_GRADIENTS, new QuadraticClassifier(one, 3), gray(one));
    assertEquals(3 * 0.25, found.diagnostic(Diagnostic.BASELINE_LOGIT).orElseThrow(), 1e-6);
    assertEquals(0, found.diagnostic(Diagnostic.COMPLETENESS_ERROR).orElseThrow(), 1e-6);
    assertEquals(OptionalDouble.empty(), found.diagnostic(Diagnostic.WINDOWS));
  }

  @Test
  void occlusionCountsItsWindowsAndVerifiesSome() {
    PaintedClassifier linear = PaintedClassifier.linear(CANVAS, PaintedClassifier.weights(CANVAS));
    Attribution found = found(Method.OCCLUSION, linear, IMAGE);
    double windows = found.diagnostic(Diagnostic.WINDOWS).orElseThrow();
    assertEquals(7 * 5, windows);
    assertEquals(
        windows,
        found.diagnostic(Diagnostic.SCORED).orElseThrow()
            + found.diagnostic(Diagnostic.UNCHANGED).orElseThrow()
            + found.diagnostic(Diagnostic.DUPLICATES).orElseThrow());
    assertTrue(found.diagnostic(Diagnostic.UNCHANGED).orElseThrow() > 0);
    assertEquals(6, found.diagnostic(Diagnostic.VERIFIED).orElseThrow());
    assertEquals(0, found.diagnostic(Diagnostic.LARGEST_DIFFERENCE).orElseThrow());
    assertEquals("coverage", found.companions().get(0).name());
    assertEquals(9, found.companions().get(0).map().at(4, 3));
    assertEquals(1, found.companions().get(0).map().at(0, 0));
  }

  @Test
  void verificationFindsAWrongScorer() {
    Attribution found = found(Method.OCCLUSION, new WrongPatches(CANVAS, 0.01f), IMAGE);
    assertEquals(0.01, found.diagnostic(Diagnostic.LARGEST_DIFFERENCE).orElseThrow(), 1e-6);
  }

  @Test
  void stopsWhenAsked() {
    Attributions stopped =
        new Attributions(
            PaintedClassifier.constant(CANVAS), settings(CANVAS, 0), 1, done -> {}, () -> true);
    for (Method method : List.of(Method.OCCLUSION, Method.RISE, Method.SHAPLEY)) {
      assertEquals(Optional.empty(), stopped.of(method, IMAGE));
    }
  }
}
