package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class MinimizerTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private static final double TARGET = 0.9;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whatIsLeftIsACatThatCanSpareNoPixel(int seed) {
    SplitMix64 random = SplitMix64.stream(seed, "test", 0);
    int[] some =
        IntStream.range(0, CANVAS.pixels())
            .filter(pixel -> random.nextInt(3) > 0 && Planted.weight(pixel) < 0.1)
            .toArray();
    BlackPixels image = BlackPixels.of(CANVAS, some);
    LogitSource source = MinimizerTest::interacting;
    assertTrue(cat(source, image), "the example is a cat to begin with");
    Minimizer.Result result = new Minimizer(source, TARGET).minimize(image, n -> {}, () -> false);
    assertTrue(result.minimal());
    assertTrue(cat(source, result.image()));
    assertEquals(source.logits(List.of(result.image()))[0], result.logit());
    assertTrue(result.image().count() < image.count() / 2, "was " + result.image().count());
    for (int pixel : result.image().indices()) {
      assertTrue(image.contains(pixel), "it only takes away");
      assertFalse(cat(source, result.image().without(pixel)), "could spare " + pixel);
    }
  }

  @Test
  void anImageThatIsNoCatIsGivenBack() {
    BlackPixels image = BlackPixels.of(CANVAS, 3, 4);
    Minimizer.Result result =
        new Minimizer(LogitSource.flat(1), TARGET).minimize(image, n -> {}, () -> false);
    assertEquals(new Minimizer.Result(image, 1, false, 1), result);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void ofNotCatsItIsTheSameInTheMirror(int seed) {
    SplitMix64 random = SplitMix64.stream(seed, "test", 0);
    int[] some =
        IntStream.range(0, CANVAS.pixels()).filter(pixel -> random.nextInt(3) > 0).toArray();
    BlackPixels image = BlackPixels.of(CANVAS, some);
    LogitSource mirrored =
        genomes -> {
          float[] logits = interacting(genomes);
          for (int i = 0; i < logits.length; i++) {
            logits[i] = -logits[i];
          }
          return logits;
        };
    double target = Classifier.catProbability(interacting(List.of(image))[0]) * 0.9;
    Minimizer.Result cat =
        new Minimizer(MinimizerTest::interacting, target).minimize(image, n -> {}, () -> false);
    Minimizer.Result other =
        new Minimizer(mirrored, TargetClass.NOT_CAT, target).minimize(image, n -> {}, () -> false);
    assertTrue(cat.minimal() && cat.image().count() < image.count());
    assertEquals(new Minimizer.Result(cat.image(), -cat.logit(), true, cat.evaluations()), other);
  }

  @Test
  void aCatWithoutPixelsIsMinimal() {
    BlackPixels image = BlackPixels.of(CANVAS, 3, 4, 5);
    Minimizer.Result result =
        new Minimizer(LogitSource.flat(-9), TARGET).minimize(image, n -> {}, () -> false);
    assertEquals(0, result.image().count());
    assertTrue(result.minimal());
  }

  @Test
  void canBeStopped() {
    List<Integer> left = new ArrayList<>();
    BlackPixels image = BlackPixels.of(CANVAS, IntStream.range(0, 100).toArray());
    Minimizer.Result result =
        new Minimizer(LogitSource.flat(-9), TARGET)
            .minimize(image, left::add, () -> left.size() == 2);
    assertEquals(List.of(90, 81), left);
    assertEquals(81, result.image().count());
    assertFalse(result.minimal());
  }

  @Test
  void theTargetIsAProbability() {
    assertThrows(
        IllegalArgumentException.class, () -> new Minimizer(LogitSource.flat(0), Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Minimizer(LogitSource.flat(0), 1));
  }

  private static boolean cat(LogitSource source, BlackPixels image) {
    return Classifier.catProbability(source.logits(List.of(image))[0]) >= TARGET;
  }

  /** The weighted sum, and each pixel helps more beside another. */
  private static float[] interacting(List<BlackPixels> genomes) {
    float[] logits = Planted.weightedSum(genomes);
    for (int i = 0; i < logits.length; i++) {
      BlackPixels genome = genomes.get(i);
      for (int pixel : genome.indices()) {
        logits[i] -= pixel + 1 < CANVAS.pixels() && genome.contains(pixel + 1) ? 0.2f : 0;
      }
    }
    return logits;
  }
}
