package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Minimizer.FloatingMinimizer;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

class FloatingMinimizerTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private static final Region ALL = Region.everywhere(CANVAS);
  private static final double TARGET = 0.9;
  private static final long BUDGET = 50_000;
  private static final LogitSource SUM = Planted::weightedSum;

  /** Helpful pixels, each with a chance of one in two and none of the strongest. */
  private static BlackPixels weakCat(int seed) {
    SplitMix64 random = SplitMix64.stream(seed, "test", 0);
    BlackPixels image =
        BlackPixels.of(
            CANVAS,
            IntStream.range(0, CANVAS.pixels())
                .filter(p -> Planted.weight(p) < 0 && Planted.weight(p) > -0.2)
                .filter(p -> random.nextInt(4) > 0)
                .toArray());
    assertTrue(cat(image), "the example is a cat to begin with");
    return image;
  }

  /** With a plain sum, the strongest pixels are the smallest cat. */
  private static int fewest() {
    double[] weights =
        IntStream.range(0, CANVAS.pixels()).mapToDouble(Planted::weight).sorted().toArray();
    for (int n = 0; ; n++) {
      double logit = 4 + DoubleStream.of(weights).limit(n).sum();
      if (Classifier.catProbability(logit) >= TARGET) {
        return n;
      }
    }
  }

  private static boolean cat(BlackPixels image) {
    return Classifier.catProbability(SUM.logits(List.of(image))[0]) >= TARGET;
  }

  private static Minimizer.Result floating(BlackPixels image, Region region, long budget) {
    return new FloatingMinimizer(SUM, TargetClass.CAT, TARGET, budget)
        .minimize(image, region, n -> {}, () -> false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void findsNearlyTheFewestThatThereAre(int seed) {
    BlackPixels image = weakCat(seed);
    int taken = new Minimizer(SUM, TARGET).minimize(image, n -> {}, () -> false).image().count();
    Minimizer.Result result = floating(image, ALL, BUDGET);
    int count = result.image().count();
    assertTrue(count >= fewest() && count <= fewest() + 1, count + ", at best " + fewest());
    assertTrue(count < taken, count + " is no fewer than " + taken);
    assertTrue(result.minimal() && cat(result.image()));
    for (int pixel : result.image().indices()) {
      assertFalse(cat(result.image().without(pixel)), "could spare " + pixel);
    }
    assertEquals(result, floating(image, ALL, BUDGET), "the same every time");
  }

  @Test
  void addsPixelsInTheRegionOnly() {
    BlackPixels image = weakCat(1);
    Region left = Region.rectangle(CANVAS, 0, 0, 11, 23);
    BlackPixels found = floating(image, left, BUDGET).image();
    boolean added = false;
    for (int pixel : found.indices()) {
      assertTrue(image.contains(pixel) || left.contains(pixel), "added outside: " + pixel);
      added |= !image.contains(pixel);
    }
    assertTrue(added);
    assertTrue(found.count() > floating(image, ALL, BUDGET).image().count());
  }

  @Test
  void withoutBudgetItOnlyTakesAway() {
    BlackPixels image = weakCat(2);
    assertEquals(
        new Minimizer(SUM, TARGET).minimize(image, n -> {}, () -> false), floating(image, ALL, 0));
  }

  @Test
  void keepsToItsBudget() {
    BlackPixels image = weakCat(3);
    long taking = new Minimizer(SUM, TARGET).minimize(image, n -> {}, () -> false).evaluations();
    long few = floating(image, ALL, CANVAS.pixels()).evaluations();
    assertTrue(few > taking, "one round");
    assertTrue(few < floating(image, ALL, BUDGET).evaluations());
    long none = floating(image, ALL, CANVAS.pixels() - 1).evaluations();
    assertTrue(none < few, none + " and " + few);
  }

  @Test
  void whatIsNoCatIsGivenBack() {
    BlackPixels image = BlackPixels.of(CANVAS, 3, 4);
    Minimizer.Result result = floating(image, ALL, BUDGET);
    assertEquals(image, result.image());
    assertFalse(result.minimal());
    assertEquals(1, result.evaluations());
  }

  @Test
  void stoppedItCallsNothingMinimal() {
    List<Integer> left = new ArrayList<>();
    Minimizer.Result whole =
        new FloatingMinimizer(SUM, TargetClass.CAT, TARGET, BUDGET)
            .minimize(weakCat(4), ALL, left::add, () -> false);
    assertTrue(whole.minimal());
    for (int at = 0; at < left.size(); at += 3) {
      AtomicInteger rounds = new AtomicInteger();
      int last = at;
      Minimizer.Result result =
          new FloatingMinimizer(SUM, TargetClass.CAT, TARGET, BUDGET)
              .minimize(weakCat(4), ALL, n -> rounds.incrementAndGet(), () -> rounds.get() >= last);
      assertFalse(result.minimal(), "stopped after " + last);
    }
  }

  @Test
  void aBudgetIsNotNegative() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new FloatingMinimizer(SUM, TargetClass.CAT, TARGET, -1));
  }
}
