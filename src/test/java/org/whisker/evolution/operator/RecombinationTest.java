package org.whisker.evolution.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.evolution.Genomes;
import org.whisker.evolution.operator.Crossover.Recombination;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class RecombinationTest {
  private static final Canvas CANVAS = new Canvas(13, 9);
  private static final int SEEDS = 500;

  @ParameterizedTest
  @EnumSource(Crossover.class)
  void parentsStayAndChildrenHaveNothingNew(Crossover crossover) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      BlackPixels a = Genomes.random(CANVAS, random.nextInt(60), random);
      BlackPixels b = Genomes.random(CANVAS, random.nextInt(60), random);
      int[] beforeA = a.indices();
      int[] beforeB = b.indices();
      Recombination drawn = crossover.draw(a, b, random);
      Recombination.Offspring pair = drawn.apply(a, b);
      assertTrue(Arrays.equals(beforeA, a.indices()) && Arrays.equals(beforeB, b.indices()));
      for (BlackPixels child : new BlackPixels[] {pair.first(), pair.second()}) {
        assertEquals(BlackPixels.of(CANVAS, child.indices()), child, "sorted, on the canvas");
        assertTrue(IntStream.of(child.indices()).allMatch(p -> a.contains(p) || b.contains(p)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Crossover.class,
      names = {"RECTANGLE", "COLUMNS", "UNIFORM", "NONE"})
  void noPlaceGainsOrLosesBlackPixels(Crossover crossover) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      BlackPixels a = Genomes.random(CANVAS, 50, random);
      BlackPixels b = Genomes.random(CANVAS, 20, random);
      Recombination.Offspring pair = crossover.draw(a, b, random).apply(a, b);
      for (int p = 0; p < CANVAS.pixels(); p++) {
        assertEquals(count(a, p) + count(b, p), count(pair.first(), p) + count(pair.second(), p));
      }
    }
  }

  @Test
  void rectangleSwapsExactlyItsInside() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      BlackPixels a = Genomes.random(CANVAS, 50, random);
      BlackPixels b = Genomes.random(CANVAS, 50, random);
      int p = random.nextInt(CANVAS.pixels());
      int q = random.nextInt(CANVAS.pixels());
      var rectangle = Recombination.Rectangle.between(CANVAS, p, q);
      int left = Math.min(CANVAS.x(p), CANVAS.x(q));
      int right = Math.max(CANVAS.x(p), CANVAS.x(q));
      int top = Math.min(CANVAS.y(p), CANVAS.y(q));
      int bottom = Math.max(CANVAS.y(p), CANVAS.y(q));
      IntPredicate inside =
          i ->
              CANVAS.x(i) >= left
                  && CANVAS.x(i) <= right
                  && CANVAS.y(i) >= top
                  && CANVAS.y(i) <= bottom;
      assertSwapped(a, b, inside, rectangle.apply(a, b));
    }
  }

  @Test
  void columnsAlternateFromTheFirst() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      BlackPixels a = Genomes.random(CANVAS, 50, random);
      BlackPixels b = Genomes.random(CANVAS, 50, random);
      assertSwapped(a, b, i -> CANVAS.x(i) % 2 == 1, new Recombination.Columns().apply(a, b));
    }
  }

  @Test
  void uniformTossesACoinForEachPixel() {
    int[] swapped = new int[CANVAS.pixels()];
    int draws = 4000;
    BlackPixels a = BlackPixels.of(CANVAS, IntStream.range(0, CANVAS.pixels()).toArray());
    BlackPixels b = BlackPixels.none(CANVAS);
    SplitMix64 random = new SplitMix64(8);
    int neighboursAlike = 0;
    for (int i = 0; i < draws; i++) {
      Recombination.Offspring pair = Crossover.UNIFORM.draw(a, b, random).apply(a, b);
      for (int p = 0; p < swapped.length; p++) {
        swapped[p] += count(pair.second(), p);
      }
      neighboursAlike += count(pair.first(), 50) == count(pair.first(), 51) ? 1 : 0;
    }
    double error = Math.sqrt(draws) / 2;
    for (int p = 0; p < swapped.length; p++) {
      assertEquals(draws / 2.0, swapped[p], 4 * error, "pixel " + p);
    }
    assertEquals(draws / 2.0, neighboursAlike, 4 * error, "independent");
  }

  @Test
  void noneLeavesTheParentsAsTheyAre() {
    BlackPixels a = BlackPixels.of(CANVAS, 1, 5);
    BlackPixels b = BlackPixels.of(CANVAS, 2);
    assertEquals(
        new Recombination.Offspring(a, b),
        Crossover.NONE.draw(a, b, new SplitMix64(1)).apply(a, b));
  }

  @Test
  void listCutJoinsPrefixAndSuffix() {
    BlackPixels a = BlackPixels.of(CANVAS, 1, 5, 9, 20);
    BlackPixels b = BlackPixels.of(CANVAS, 2, 3, 4, 5, 30, 40);
    Recombination.Offspring pair = new Recombination.ListCut(3).apply(a, b);
    assertEquals(BlackPixels.of(CANVAS, 1, 5, 9, 30, 40), pair.first(), "5 once");
    assertEquals(BlackPixels.of(CANVAS, 2, 3, 4, 20), pair.second());
    assertThrows(IllegalArgumentException.class, () -> new Recombination.ListCut(5).apply(a, b));
  }

  @Test
  void listCutKeepsTheCountsOfUnrelatedParents() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      int[] all = IntStream.range(0, CANVAS.pixels()).toArray();
      BlackPixels a =
          BlackPixels.of(CANVAS, IntStream.of(all).filter(p -> random.nextInt(4) == 0).toArray());
      BlackPixels b =
          BlackPixels.of(
              CANVAS,
              IntStream.of(all).filter(p -> !a.contains(p) && random.nextInt(4) == 0).toArray());
      Recombination.Offspring pair = Crossover.PIXEL_LIST.draw(a, b, random).apply(a, b);
      assertEquals(b.count(), pair.first().count());
      assertEquals(a.count(), pair.second().count());
    }
  }

  @Test
  void labelsAreRead() {
    for (Crossover crossover : Crossover.values()) {
      assertEquals(crossover, Crossover.parse(crossover.label()));
    }
    var e = assertThrows(IllegalArgumentException.class, () -> Crossover.parse("rows"));
    assertEquals(
        "crossover must be rectangle, columns, pixel-list, uniform or none, was rows",
        e.getMessage());
  }

  private static void assertSwapped(
      BlackPixels a, BlackPixels b, IntPredicate swapped, Recombination.Offspring pair) {
    for (int i = 0; i < CANVAS.pixels(); i++) {
      assertEquals((swapped.test(i) ? b : a).contains(i), pair.first().contains(i));
      assertEquals((swapped.test(i) ? a : b).contains(i), pair.second().contains(i));
    }
  }

  private static int count(BlackPixels genome, int pixel) {
    return genome.contains(pixel) ? 1 : 0;
  }
}
