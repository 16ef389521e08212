package org.whisker.saliency.faithfulness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.AttributionsTest;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.QuadraticClassifier;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.AbsoluteGradient;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.ShapleyMethod;

class FaithfulnessTest {
  private static final Canvas CANVAS = new Canvas(8, 6);
  private static final Faithfulness.Options FEW = new Faithfulness.Options(6, 9, 9, 20, 2, 0.02, 1);

  private static Faithfulness test(Classifier classifier, Raster picture, Attribution of) {
    return Faithfulness.of(
            classifier, picture, of, AttributionsTest.settings(CANVAS, 0), FEW, 16, () -> false)
        .orElseThrow();
  }

  private static Attribution map(Method method, Classifier classifier, Raster picture) {
    MethodSettings settings = AttributionsTest.settings(CANVAS, 0);
    return new Attributions(classifier, settings, 16, done -> {}, () -> false)
        .of(method, picture)
        .orElseThrow();
  }

  @Test
  void exactValuesOfALinearLogitAreBelieved() {
    PaintedClassifier linear = PaintedClassifier.linear(CANVAS, PaintedClassifier.weights(CANVAS));
    BlackPixels image = BlackPixels.of(CANVAS, 1, 2, 9, 10, 20, 30, 31, 40);
    Attribution of = map(ShapleyMethod.METHOD, linear, image);
    Faithfulness found = test(linear, image, of);
    assertEquals(DeletionInsertion.Order.TOWARDS_CAT, found.order());
    assertEquals(0.1, found.causal().orElseThrow().deletion().logit().p(), 1e-12);
    assertEquals(0.1, found.causal().orElseThrow().insertion().logit().p(), 1e-12);
    assertEquals(0, found.infidelity().orElseThrow().value(), 1e-9);
    // black pixels have no noisy neighbours
    assertEquals(Optional.empty(), found.sensitivity());
    // only black pixels are taken away
    assertEquals(8, found.causal().orElseThrow().deletion().pixels().get(6));
  }

  @Test
  void aMapWithoutSignsPredictsNoLogit() {
    float[] weights = new float[CANVAS.pixels()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i % 5 - 2) / 4f;
    }
    QuadraticClassifier smooth = new QuadraticClassifier(CANVAS, weights);
    GrayImage gray = GrayImage.filled(CANVAS, 0.5f);
    Faithfulness found = test(smooth, gray, map(AbsoluteGradient.METHOD, smooth, gray));
    assertEquals(DeletionInsertion.Order.STRONGEST, found.order());
    assertEquals(Optional.empty(), found.infidelity());
    assertTrue(found.sensitivity().orElseThrow().relative().orElseThrow() > 0);
    assertEquals(CANVAS.pixels(), found.causal().orElseThrow().deletion().pixels().get(6));
  }

  @Test
  void aConstantClassifierIsSaidToBeOne() {
    PaintedClassifier constant = PaintedClassifier.constant(CANVAS);
    GrayImage gray = GrayImage.filled(CANVAS, 0.5f);
    Faithfulness found = test(constant, gray, map(OcclusionMethod.METHOD, constant, gray));
    assertEquals(Optional.empty(), found.causal());
    assertEquals(0, found.infidelity().orElseThrow().ofZeroMap());
    assertEquals(OptionalDouble.empty(), found.sensitivity().orElseThrow().relative());
  }

  @Test
  void stopsWhenAsked() {
    PaintedClassifier constant = PaintedClassifier.constant(CANVAS);
    BlackPixels image = BlackPixels.of(CANVAS, 4);
    Attribution of = map(OcclusionMethod.METHOD, constant, image);
    assertEquals(
        Optional.empty(),
        Faithfulness.of(
            constant, image, of, AttributionsTest.settings(CANVAS, 0), FEW, 4, () -> true));
  }

  @Test
  void eachRandomisedNetworkIsOpenedOnceForAllMaps() {
    List<PaintedClassifier> opened = new ArrayList<>();
    List<ParameterRandomisation.Randomised<Classifier>> networks = new ArrayList<>();
    for (String layer : List.of("last", "first")) {
      networks.add(
          new ParameterRandomisation.Randomised<>(
              layer,
              () -> {
                opened.add(PaintedClassifier.constant(CANVAS));
                return opened.get(opened.size() - 1);
              }));
    }
    float[] up = new float[CANVAS.pixels()];
    float[] down = new float[up.length];
    for (int i = 0; i < up.length; i++) {
      up[i] = i;
      down[i] = -i;
    }
    List<ParameterRandomisation.Maps> originals =
        List.of(
            ParameterRandomisation.Maps.of(made(up)), ParameterRandomisation.Maps.of(made(down)));
    ParameterRandomisation.Rolls rolls = new ParameterRandomisation.Rolls(3, 1);
    List<ParameterRandomisation> found =
        ParameterRandomisation.of(
                originals,
                networks,
                (network, step, i) -> Optional.of(originals.get(0)),
                rolls,
                done -> {},
                () -> false)
            .orElseThrow();
    assertEquals(2, opened.size());
    assertTrue(opened.stream().allMatch(each -> each.closed));
    assertEquals("first", found.get(1).steps().get(1).layer());
    assertEquals(1, found.get(0).steps().get(0).signed().orElseThrow(), 1e-12);
    assertEquals(1, found.get(1).steps().get(0).absolute().orElseThrow(), 1e-12);
    assertEquals(-1, found.get(1).steps().get(0).signed().orElseThrow(), 1e-12);
    assertFalse(
        ParameterRandomisation.of(
                originals,
                networks,
                (network, step, i) -> Optional.empty(),
                rolls,
                done -> {},
                () -> false)
            .isPresent());
  }

  private static SaliencyMap made(float[] values) {
    return new SaliencyMap(
        CANVAS, values, "logits", "made", SignConvention.CONTENT_TOWARDS_NOT_TARGET);
  }
}
