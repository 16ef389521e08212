package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.PatchScorer.PatchCheck;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

class PatchCheckTest {
  private static final GrayImage WHITE = GrayImage.filled(new Canvas(4, 3), 1);
  private static final List<Patch> PATCHES =
      IntStream.range(0, 12).mapToObj(i -> Patch.pixel(i % 4, i / 4, 0.5f)).toList();

  /** The logit is the sum of the pixels, each times its number. */
  private static final class Weighted implements Classifier {
    int scored;

    @Override
    public String name() {
      return "weighted";
    }

    @Override
    public Canvas canvas() {
      return WHITE.canvas();
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      float[] gray = new float[12];
      for (int k = 0; k < logits.length; k++) {
        pictures.get(k).paint(gray, 0);
        for (int i = 0; i < 12; i++) {
          logits[k] += i * gray[i];
        }
      }
      scored += logits.length;
      return logits;
    }

    @Override
    public void close() {}
  }

  private final Weighted classifier = new Weighted();

  private PatchCheck check(float[] logits, int sample) {
    SplitMix64 random = SplitMix64.stream(1, "check", 0);
    return PatchCheck.of(classifier, WHITE, PATCHES, logits, sample, random);
  }

  private static float[] right() {
    float[] logits = new float[12];
    for (int i = 0; i < 12; i++) {
      logits[i] = 66 - i / 2f;
    }
    return logits;
  }

  @Test
  void rightLogitsDifferByNothing() {
    assertEquals(new PatchCheck(5, 0), check(right(), 5));
    assertEquals(5, classifier.scored);
  }

  @Test
  void oneWrongLogitIsFoundWhenAllAreCompared() {
    float[] logits = right();
    logits[7] += 0.25f;
    assertEquals(new PatchCheck(12, 0.25), check(logits, 100));
    logits[3] = Float.NaN;
    assertTrue(Double.isNaN(check(logits, 12).largestDifference()));
  }

  @Test
  void aSampleHoldsDifferentPatches() {
    float[] logits = right();
    for (int i = 0; i < 12; i++) {
      logits[i] += 1;
    }
    assertEquals(1, check(logits, 1).largestDifference());
    classifier.scored = 0;
    check(logits, 11);
    assertEquals(11, classifier.scored);
  }

  @Test
  void nothingToCompareIsNoDifference() {
    PatchCheck none =
        PatchCheck.of(
            classifier, WHITE, List.of(), new float[0], 3, SplitMix64.stream(1, "check", 0));
    assertEquals(new PatchCheck(0, 0), none);
  }

  @Test
  void refusesWhatDoesNotBelongTogether() {
    assertThrows(IllegalArgumentException.class, () -> check(new float[11], 3));
    assertThrows(IllegalArgumentException.class, () -> check(right(), 0));
  }
}
