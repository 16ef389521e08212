package org.whisker.torch.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Precision;

class PrecisionChoiceTest {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final long MILLISECOND = 1_000_000;

  private long now;
  private final List<String> calls = new ArrayList<>();

  /** Takes its time by the test's clock. */
  private final class Fake implements Classifier {
    private final String name;
    private final long millisAPicture;
    private final ToDoubleFunction<BlackPixels> logit;

    Fake(String name, long millisAPicture, ToDoubleFunction<BlackPixels> logit) {
      this.name = name;
      this.millisAPicture = millisAPicture;
      this.logit = logit;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      calls.add(name + pictures.size());
      now += pictures.size() * millisAPicture * MILLISECOND;
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

  private PrecisionChoice choice(long millis, ToDoubleFunction<BlackPixels> coarse, int batch) {
    return PrecisionChoice.measure(
        new Fake("f", 12, PrecisionChoiceTest::sum),
        new Fake("b", millis, coarse),
        batch,
        1,
        () -> now);
  }

  @Test
  void theFasterOneThatRanksAlike() {
    PrecisionChoice choice = choice(4, picture -> sum(picture) * 1.1 + 0.2, 32);
    assertEquals(Precision.BFLOAT16, choice.precision());
    assertEquals(1000 / 12.0, choice.float32Rate(), 1e-9);
    assertEquals(250, choice.bfloat16Rate(), 1e-9);
    assertEquals(3, choice.speedup(), 1e-9);
    assertEquals(1, choice.siblings(), 1e-12);
    assertEquals(200, choice.pictures());
    assertEquals(
        "bfloat16 scores 250.0 images/s, float32 83.3 (3.00 times);"
            + " they rank siblings alike to 1.0000",
        choice.reason());
  }

  @Test
  void bothTakeTurnsAtTheRealBatch() {
    choice(4, PrecisionChoiceTest::sum, 64);
    List<String> timed = calls.subList(6, calls.size());
    assertEquals(
        List.of("f64", "b64", "f64", "b64", "f64", "b64", "f64", "b64", "f64", "b64"), timed);
  }

  @Test
  void siblingsMustBeToldApart() {
    PrecisionChoice coarse = choice(4, picture -> Math.rint(sum(picture) * 4) / 4, 50);
    assertEquals(Precision.FLOAT32, coarse.precision());
    assertTrue(coarse.all() > coarse.siblings(), "families as such are told apart: " + coarse);
    assertTrue(coarse.reason().endsWith(", 0.98 is wanted"), coarse.reason());
  }

  @Test
  void aConstantOrBrokenRankingAgreesWithNothing() {
    assertEquals(0, choice(4, picture -> 1, 50).siblings());
    assertEquals(Precision.FLOAT32, choice(4, picture -> Double.NaN, 50).precision());
  }

  @Test
  void hardlyFasterIsNotWorthIt() {
    PrecisionChoice choice = choice(11, PrecisionChoiceTest::sum, 20);
    assertEquals(Precision.FLOAT32, choice.precision());
    assertTrue(choice.reason().endsWith("; 1.1 times is wanted"), choice.reason());
  }

  @Test
  void whatIsHopelessIsNotWaitedFor() {
    PrecisionChoice choice = choice(100, PrecisionChoiceTest::sum, 32);
    assertEquals(Precision.FLOAT32, choice.precision());
    assertEquals(1, choice.pictures());
    assertEquals(List.of("b1", "b1", "f1", "f1"), calls);
    assertEquals(10, choice.bfloat16Rate(), 1e-9);
    assertTrue(!choice.reason().contains("rank"), choice.reason());
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

  @Test
  void ratesAreAboveZero() {
    assertThrows(IllegalArgumentException.class, () -> new PrecisionChoice(0, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new PrecisionChoice(1, Double.NaN, 1, 1, 1));
  }
}
