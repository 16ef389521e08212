package org.whisker.saliency.faithfulness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Fill;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;

class DeletionInsertionTest {
  private static final Canvas CANVAS = new Canvas(4, 3);
  private static final BlackPixels IMAGE = BlackPixels.of(CANVAS, 1, 4, 6, 11);
  // white at these raises the logit: black there is cat, at 6 most
  private final float[] weights = new float[CANVAS.pixels()];
  private final PaintedClassifier linear = PaintedClassifier.linear(CANVAS, weights);

  DeletionInsertionTest() {
    weights[1] = 1;
    weights[4] = -2;
    weights[6] = 4;
    weights[11] = 0.5f;
  }

  private static DeletionInsertion.Options options(int steps, DeletionInsertion.Order order) {
    return new DeletionInsertion.Options(steps, true, Fill.white(), order, 99, 0, 5);
  }

  private static DeletionInsertion play(
      PaintedClassifier classifier,
      Raster picture,
      SaliencyMap map,
      DeletionInsertion.Options options,
      int batchSize) {
    return DeletionInsertion.of(
            classifier, picture, map, options, batchSize, done -> {}, () -> false)
        .orElseThrow();
  }

  private SaliencyMap map(SignConvention sign, float factor) {
    float[] values = weights.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return new SaliencyMap(CANVAS, values, "logits", "m", sign);
  }

  @ParameterizedTest
  @CsvSource({
    "CONTENT_TOWARDS_TARGET, 1",
    "CONTENT_TOWARDS_NOT_TARGET, -1",
    "WHITE_TOWARDS_NOT_TARGET, 1"
  })
  void takesAwayFirstWhatSpeaksForCat(SignConvention sign, float factor) {
    DeletionInsertion found =
        play(linear, IMAGE, map(sign, factor), options(9, DeletionInsertion.Order.TOWARDS_CAT), 64);
    CausalCurve deletion = found.deletion();
    assertEquals(List.of(0, 1, 2, 3, 4), deletion.pixels());
    assertEquals(List.of(0.0, 4.0, 5.0, 5.5, 3.5), deletion.logit().values());
    assertEquals((4 + 5 + 5.5 + 3.5 / 2) / 4, deletion.logit().auc(), 1e-12);
    assertEquals(0.5, deletion.cat().values().get(0));
    assertEquals(Classifier.catProbability(4), deletion.cat().values().get(1));
    assertEquals(0.25, deletion.share(1));
    // white, then the best pixel black, and so on
    assertEquals(List.of(3.5, -0.5, -1.5, -2.0, 0.0), found.insertion().logit().values());
    assertEquals(List.of(0, 1, 2, 3, 4), found.insertion().pixels());
    // least relevant first: 0, −2, −1.5, −0.5, 3.5
    assertEquals((4 + 5 + 5.5 + 2 + 1.5 + 0.5) / 4, found.gain().logit(), 1e-12);
    assertEquals(
        found.insertion().cat().auc() - found.deletion().cat().auc(), found.gain().cat(), 1e-12);
    assertEquals(Optional.empty(), found.gain().rolled());
  }

  /** Symmetric: the reversed map has the opposite gain, and each roll costs two orders. */
  @Test
  void theReversedMapHasTheOppositeGain() {
    DeletionInsertion.Options rolls =
        new DeletionInsertion.Options(
            4, true, Fill.white(), DeletionInsertion.Order.TOWARDS_CAT, 2, 5, 5);
    assertEquals(2 + (2 + 2 + 2 * 5) * 3, rolls.pictures(4));
    DeletionInsertion right =
        play(linear, IMAGE, map(SignConvention.CONTENT_TOWARDS_TARGET, 1), rolls, 64);
    DeletionInsertion wrong =
        play(linear, IMAGE, map(SignConvention.CONTENT_TOWARDS_TARGET, -1), rolls, 64);
    assertEquals(rolls.pictures(4) * 2, linear.scored);
    assertEquals(4.625, right.gain().logit(), 1e-12);
    assertEquals(-4.625, wrong.gain().logit(), 1e-12);
    assertEquals(1 / 6.0, right.gain().rolled().orElseThrow().p(), 1e-12);
  }

  @Test
  void strongestFirstGoesByAbsoluteValue() {
    SaliencyMap map = map(SignConvention.CONTENT_TOWARDS_TARGET, 1);
    DeletionInsertion found =
        play(linear, IMAGE, map, options(4, DeletionInsertion.Order.STRONGEST), 3);
    assertEquals(List.of(0.0, 4.0, 2.0, 3.0, 3.5), found.deletion().logit().values());
  }

  @Test
  void theBestOrderBeatsRandomOnes() {
    SaliencyMap map = map(SignConvention.CONTENT_TOWARDS_TARGET, 1);
    DeletionInsertion.Options options = options(4, DeletionInsertion.Order.TOWARDS_CAT);
    DeletionInsertion best = play(linear, IMAGE, map, options, 64);
    SaliencyMap wrong = map(SignConvention.CONTENT_TOWARDS_TARGET, -1);
    DeletionInsertion worst = play(linear, IMAGE, wrong, options, 64);
    for (CausalCurve curve : List.of(best.deletion(), best.insertion())) {
      // one of 24 orders is as good
      assertTrue(curve.logit().p() < 0.12, "p " + curve.logit().p());
      assertTrue(curve.cat().p() < 0.12, "p " + curve.cat().p());
    }
    assertEquals(1, worst.deletion().logit().p());
    assertEquals(1, worst.insertion().cat().p());
    assertTrue(best.deletion().logit().randomAuc().high() <= best.deletion().logit().auc());
    assertEquals(-2, best.deletion().logit().random().get(1).low());
    assertEquals(4, best.deletion().logit().random().get(1).high());
    assertEquals(0, best.deletion().logit().random().get(0).width());
  }

  @Test
  void fewStepsTakeSeveralPixelsAtOnce() {
    SaliencyMap map = map(SignConvention.CONTENT_TOWARDS_TARGET, 1);
    DeletionInsertion found =
        play(linear, IMAGE, map, options(3, DeletionInsertion.Order.TOWARDS_CAT), 64);
    assertEquals(List.of(0, 1, 2, 4), found.deletion().pixels());
    assertEquals(List.of(0.0, 4.0, 5.0, 3.5), found.deletion().logit().values());
    assertEquals(List.of(0, 2, 3, 4), found.insertion().pixels());
    assertEquals(List.of(3.5, -1.5, -2.0, 0.0), found.insertion().logit().values());
    DeletionInsertion once =
        play(linear, IMAGE, map, options(1, DeletionInsertion.Order.TOWARDS_CAT), 64);
    assertEquals(List.of(0.0, 3.5), once.deletion().logit().values());
  }

  @Test
  void allPixelsOfAGrayPictureAreReplacedByTheFill() {
    float[] values = new float[CANVAS.pixels()];
    values[6] = 0.5f;
    GrayImage picture = new GrayImage(CANVAS, values);
    DeletionInsertion.Options all =
        new DeletionInsertion.Options(
            12, false, new Fill.Gray(0.25f), DeletionInsertion.Order.TOWARDS_CAT, 2, 0, 1);
    SaliencyMap gradient = map(SignConvention.WHITE_TOWARDS_NOT_TARGET, 1);
    DeletionInsertion found = play(linear, picture, gradient, all, 64);
    // 1 gains 0.25; 6 loses 1 and so comes after all that change nothing, 4 loses 0.5
    List<Double> logits = found.deletion().logit().values();
    assertEquals(List.of(2.0, 2.25, 2.375), logits.subList(0, 3));
    assertEquals(List.of(2.375, 1.875, 0.875), logits.subList(10, 13));
    assertEquals(13, logits.size());
  }

  @Test
  void tiesAreInRandomOrder() {
    SaliencyMap flat = map(SignConvention.CONTENT_TOWARDS_TARGET, 0);
    List<List<Double>> curves = new ArrayList<>();
    for (long seed = 0; seed < 5; seed++) {
      DeletionInsertion.Options options =
          new DeletionInsertion.Options(
              4, true, Fill.white(), DeletionInsertion.Order.STRONGEST, 2, 0, seed);
      curves.add(play(linear, IMAGE, flat, options, 4).deletion().logit().values());
    }
    assertTrue(curves.stream().distinct().count() > 1);
  }

  @Test
  void doesNotDependOnBatches() {
    SaliencyMap map = map(SignConvention.CONTENT_TOWARDS_TARGET, 1);
    DeletionInsertion.Options options = options(4, DeletionInsertion.Order.TOWARDS_CAT);
    DeletionInsertion one = play(linear, IMAGE, map, options, 1);
    for (int batchSize : new int[] {2, 3, 64}) {
      PaintedClassifier classifier = PaintedClassifier.linear(CANVAS, weights);
      assertEquals(one, play(classifier, IMAGE, map, options, batchSize));
      assertEquals(options.pictures(4), classifier.scored);
      assertTrue(classifier.largestBatch <= batchSize);
    }
  }

  private static boolean isFlat(CausalCurve curve) {
    return curve.logit().values().stream().distinct().count() == 1;
  }

  @Test
  void aConstantClassifierIsFlat() {
    SaliencyMap map = map(SignConvention.CONTENT_TOWARDS_TARGET, 1);
    DeletionInsertion.Options options = options(4, DeletionInsertion.Order.STRONGEST);
    DeletionInsertion found = play(PaintedClassifier.constant(CANVAS), IMAGE, map, options, 64);
    assertTrue(isFlat(found.deletion()) && isFlat(found.insertion()));
    assertEquals(1, found.deletion().cat().p());
    assertEquals(0.5, found.deletion().cat().auc());
    assertTrue(!isFlat(play(linear, IMAGE, map, options, 64).deletion()));
    assertNotEquals(0, play(linear, IMAGE, map, options, 64).deletion().logit().auc());
  }

  @Test
  void stopsAndRefuses() {
    SaliencyMap map = map(SignConvention.CONTENT_TOWARDS_TARGET, 1);
    DeletionInsertion.Options options = options(4, DeletionInsertion.Order.TOWARDS_CAT);
    List<Integer> done = new ArrayList<>();
    assertTrue(
        DeletionInsertion.of(linear, IMAGE, map, options, 100, done::add, () -> false).isPresent());
    assertEquals(List.of(100, 200, 300, 305), done);
    assertTrue(
        DeletionInsertion.of(linear, IMAGE, map, options, 4, done::add, () -> true).isEmpty());
    BlackPixels white = BlackPixels.none(CANVAS);
    assertThrows(IllegalArgumentException.class, () -> play(linear, white, map, options, 1));
    SaliencyMap unsigned =
        new SaliencyMap(
            CANVAS, new float[CANVAS.pixels()], "logits", "m", SignConvention.MAGNITUDE);
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> play(linear, IMAGE, unsigned, options, 1));
    assertEquals("m says how strongly, not which way: it predicts no logit", e.getMessage());
    Canvas other = new Canvas(3, 4);
    BlackPixels turned = BlackPixels.of(other, 1);
    assertThrows(IllegalArgumentException.class, () -> play(linear, turned, map, options, 1));
    PaintedClassifier small = PaintedClassifier.constant(other);
    assertThrows(IllegalArgumentException.class, () -> play(small, turned, map, options, 1));
  }
}
