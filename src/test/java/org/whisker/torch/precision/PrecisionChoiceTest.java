package org.whisker.torch.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Precision;
import org.whisker.torch.precision.PrecisionChoice.FastBfloat16;
import org.whisker.torch.precision.RankAgreement.ProbePictures;

class PrecisionChoiceTest {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final FastBfloat16 FAST = new FastBfloat16(true, "the processor has amx_bf16");

  private record Fake(ToDoubleFunction<BlackPixels> logit) implements Classifier {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) logit.applyAsDouble((BlackPixels) pictures.get(i));
      }
      return logits;
    }

    @Override
    public void close() {}
  }

  private static double sum(BlackPixels picture) {
    double sum = 3;
    for (int pixel : picture.indices()) {
      sum += ((SplitMix64.mix(pixel) >>> 11) * 0x1p-53 - 0.5) / 10;
    }
    return sum;
  }

  private static RankAgreement agreement(ToDoubleFunction<BlackPixels> coarse) {
    return RankAgreement.of(new Fake(PrecisionChoiceTest::sum), new Fake(coarse), 1);
  }

  private static PrecisionChoice choice(ToDoubleFunction<BlackPixels> coarse) {
    return new PrecisionChoice(FAST, Optional.of(agreement(coarse)));
  }

  @Test
  void bfloat16WhereItIsFasterAndRanksAlike() {
    PrecisionChoice choice = choice(picture -> sum(picture) * 1.1 + 0.2);
    assertEquals(Precision.BFLOAT16, choice.precision());
    assertEquals(1, choice.agreement().orElseThrow().siblings(), 1e-12);
    assertEquals(200, choice.agreement().orElseThrow().pictures());
    assertEquals(
        "the processor has amx_bf16; the network ranks siblings in bfloat16 as in float32 to 1.0000",
        choice.reason());
    assertEquals(
        Set.of(
            "reason", "pictures", "spearman_siblings", "spearman_all", "least_spearman_siblings"),
        choice.manifest().keySet());
  }

  @Test
  void theSameOnEveryRun() {
    ToDoubleFunction<BlackPixels> coarse = picture -> Math.rint(sum(picture) * 500) / 500;
    assertEquals(choice(coarse), choice(coarse));
  }

  @Test
  void float32WithoutALookWhereBfloat16IsNotFaster() {
    FastBfloat16 slow = new FastBfloat16(false, "the processor has neither");
    PrecisionChoice choice = new PrecisionChoice(slow, Optional.empty());
    assertEquals(Precision.FLOAT32, choice.precision());
    assertEquals("the processor has neither", choice.reason());
    assertEquals(Set.of("reason"), choice.manifest().keySet());
    assertEquals(
        Precision.FLOAT32,
        new PrecisionChoice(slow, Optional.of(agreement(PrecisionChoiceTest::sum))).precision());
  }

  @Test
  void siblingsMustBeToldApart() {
    PrecisionChoice coarse = choice(picture -> Math.rint(sum(picture) * 4) / 4);
    assertEquals(Precision.FLOAT32, coarse.precision());
    RankAgreement found = coarse.agreement().orElseThrow();
    assertTrue(found.all() > found.siblings(), "families as such are told apart: " + coarse);
    assertTrue(coarse.reason().endsWith(", 0.98 is wanted"), coarse.reason());
  }

  @Test
  void aConstantOrBrokenRankingAgreesWithNothing() {
    assertEquals(0, agreement(picture -> 1).siblings());
    assertEquals(Precision.FLOAT32, choice(picture -> Double.NaN).precision());
  }

  @Test
  void picturesComeInFamiliesFromTheSeed() {
    List<BlackPixels> pictures = ProbePictures.of(CANVAS, 200, 5);
    assertEquals(200, pictures.size());
    assertEquals(pictures, ProbePictures.of(CANVAS, 200, 5));
    assertTrue(new HashSet<>(pictures).size() > 195);
    for (int i = 1; i < pictures.size(); i++) {
      if (i % ProbePictures.FAMILY != 0) {
        assertTrue(distance(pictures.get(i), pictures.get(i - 1)) <= 16, "siblings are near");
      }
    }
    assertTrue(pictures.get(199).count() > 10 * pictures.get(0).count());
  }

  private static long distance(BlackPixels a, BlackPixels b) {
    long shared = a.count() + (long) b.count();
    for (int pixel : a.indices()) {
      shared -= b.contains(pixel) ? 2 : 0;
    }
    return shared;
  }
}
