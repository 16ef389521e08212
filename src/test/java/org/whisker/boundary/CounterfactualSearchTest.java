package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.Counterfactual.Binarised;
import org.whisker.boundary.GreedyStep.FlipLogits;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Threshold;
import org.whisker.image.Tones;

class CounterfactualSearchTest {
  private static final Canvas CANVAS = new Canvas(4, 3);
  private static final CounterfactualSearch SEARCH = new CounterfactualSearch(12, 3, 1_000, 16);

  private static Binarised two(Classifier classifier, Raster picture, Tones tones) {
    return Binarised.of(classifier, picture, tones, Optional.empty());
  }

  private static Counterfactual turned(Classifier classifier, BlackPixels image) {
    return SEARCH
        .of(classifier, two(classifier, image, Tones.standard()), left -> {}, () -> false)
        .orElseThrow();
  }

  @Test
  void ofALinearLogitItIsTheHeaviestFlips() {
    // −3 and −2 are black: to white they give 3 and 2; white ones with weights 2.5 and 1 to black
    Formula.Smooth linear = Formula.smooth(CANVAS, 1, -3, -2, 2.5, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    Counterfactual found = turned(linear, BlackPixels.of(CANVAS, 0, 1));
    assertEquals(-4, found.cat().logit());
    assertEquals(BlackPixels.of(CANVAS, 0, 2), found.flips());
    assertEquals(BlackPixels.of(CANVAS, 1, 2), found.after());
    Removals proof = found.found().orElseThrow();
    assertEquals(1.5f, proof.logit());
    assertTrue(proof.minimal());
    assertEquals(3, proof.delta(0));
    assertEquals(2.5f, proof.delta(1));
    assertEquals(3, found.deltaAlone(0));
  }

  @Test
  void onTheBoundaryItIsACatStill() {
    double[] weights = new double[12];
    Arrays.fill(weights, -1);
    // with k black pixels the logit is 3 − k: 0 with 3
    Formula linear = Formula.linear(CANVAS, 3, weights);
    assertEquals(1, turned(linear, BlackPixels.of(CANVAS, 0, 1, 2)).flips().count());
    assertEquals(3, turned(linear, BlackPixels.of(CANVAS, 0, 1, 2, 3, 4)).flips().count());
  }

  /** A set of flips is a set of pixels of another classifier, whose minimum can be worked out. */
  @Test
  void onSmallNetsTheGapIsSmall() {
    int cats = 0;
    int exact = 0;
    for (long seed = 1; seed <= 30; seed++) {
      Formula net = ReluNet.random(CANVAS, 5, seed).classifier();
      BlackPixels image = MinimalSearch.dense(CANVAS, 0.4, seed, 1);
      if (!two(net, image, Tones.standard()).isCat()) {
        continue;
      }
      LogitSource flips = new FlipLogits(LogitSource.of(net, 64), image);
      int least =
          new ExactMinimum(ExactMinimum.Bound.none(), 5_000, 64)
              .find(flips, CANVAS, TargetClass.NOT_CAT, Math.nextUp(0.5), 13)
              .atLeast();
      Counterfactual found = turned(net, image);
      if (least <= 12 && found.found().isPresent()) {
        int gap = found.flips().count() - least;
        assertTrue(gap >= 0 && gap <= 1, "net " + seed + " has a gap of " + gap);
        assertTrue(found.flips().count() <= found.greedyFlips());
        cats++;
        exact += gap == 0 ? 1 : 0;
      }
    }
    assertTrue(cats >= 5, "only " + cats + " cats");
    assertTrue(exact >= 0.8 * cats, exact + " of " + cats + " were smallest");
  }

  @Test
  void flipsAreTheImagesOwn() {
    Formula linear = Formula.linear(CANVAS, 1, SmallWeights.of(12));
    BlackPixels image = BlackPixels.of(CANVAS, 1, 5, 6);
    LogitSource images = LogitSource.of(linear, 64);
    LogitSource flips = new FlipLogits(images, image);
    BlackPixels set = BlackPixels.of(CANVAS, 2, 5);
    float[] both = flips.logits(List.of(set, BlackPixels.none(CANVAS)));
    assertArrayEquals(images.logits(List.of(BlackPixels.of(CANVAS, 1, 2, 6), image)), both);
    float[] each = flips.flipped(set, new int[] {0, 2, 6});
    for (int i = 0; i < 3; i++) {
      float full = flips.logits(List.of(set.flipped(new int[] {0, 2, 6}[i])))[0];
      assertEquals(full, each[i]);
    }
  }

  @Test
  void otherTones() {
    // background ½, ink 1: lighter is cat
    Formula linear = Formula.linear(CANVAS, -1, 4, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    Tones light = new Tones(0.5f, 1);
    BlackPixels image = BlackPixels.of(CANVAS, 0, 1, 2, 3);
    Binarised cat = two(linear, light.painted(image), light);
    assertEquals(-1, cat.logit());
    assertEquals(Optional.empty(), cat.threshold());
    Counterfactual found = SEARCH.of(linear, cat, left -> {}, () -> false).orElseThrow();
    assertEquals(BlackPixels.of(CANVAS, 0), found.flips());
    assertEquals(1, found.found().orElseThrow().logit());
  }

  @Test
  void grayPicturesAreBinarised() {
    Formula linear = Formula.linear(CANVAS, 1, -2, -2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    float[] gray = new float[12];
    Arrays.fill(gray, 0.8f);
    gray[0] = 0.1f;
    gray[1] = 0.4f;
    Binarised otsu = two(linear, new GrayImage(CANVAS, gray), Tones.standard());
    assertEquals(BlackPixels.of(CANVAS, 0, 1), otsu.image());
    assertEquals(1 - 1.8 - 1.2, otsu.originalLogit(), 1e-6);
    assertEquals(-3, otsu.logit());
    assertTrue(otsu.isCat() && otsu.wasCat());
    Binarised dark =
        Binarised.of(
            linear,
            new GrayImage(CANVAS, gray),
            Tones.standard(),
            Optional.of(new Threshold(0.05)));
    assertEquals(0, dark.image().count());
    assertFalse(dark.isCat());
    assertTrue(dark.wasCat());
    assertThrows(
        IllegalArgumentException.class, () -> SEARCH.of(linear, dark, left -> {}, () -> false));
  }

  @Test
  void givesUpOrIsStopped() {
    Formula far = Formula.linear(CANVAS, -100, SmallWeights.of(12));
    BlackPixels white = BlackPixels.none(CANVAS);
    Binarised cat = two(far, white, Tones.standard());
    Counterfactual lost =
        new CounterfactualSearch(2, 3, 0, 16).of(far, cat, left -> {}, () -> false).orElseThrow();
    assertEquals(Optional.empty(), lost.found());
    assertEquals(2, lost.greedyFlips());
    assertEquals(0, lost.flips().count());
    Formula near = Formula.linear(CANVAS, -0.25, SmallWeights.of(12));
    Binarised close = two(near, white, Tones.standard());
    assertTrue(SEARCH.of(near, close, left -> {}, () -> true).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new CounterfactualSearch(1, 1, -1, 1));
  }
}
