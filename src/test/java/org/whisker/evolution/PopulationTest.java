package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class PopulationTest {
  private static final Canvas CANVAS = Canvas.square(8);

  @Test
  void elitesAreTheFittestAndOfEqualsTheNewest() {
    Population population = population(1, 3, 2, 3);
    assertEquals(population.get(3), population.best());
    assertEquals(List.of(3, 1, 2), population.ranking().subList(0, 3));
    assertEquals(1, population.worstFitness());
    assertEquals(2.25, population.meanFitness());
  }

  @Test
  void tournamentsPreferTheFitterAsOftenAsTheyShould() {
    Population population = population(0, 1, 2, 3);
    SplitMix64 random = new SplitMix64(6);
    int[] chosen = new int[4];
    for (int i = 0; i < 40_000; i++) {
      chosen[new Selection.Tournament(2).from(population).choose(random)]++;
    }
    for (int rank = 0; rank < 4; rank++) {
      // The maximum of two is of rank r in 2r + 1 of 16 cases.
      assertEquals((2 * rank + 1) / 16.0, chosen[rank] / 40_000.0, 0.011);
    }
  }

  @Test
  void tournamentsAreFairAmongEquals() {
    Population population = population(1, 1, 1, 1);
    SplitMix64 random = new SplitMix64(6);
    int[] chosen = new int[4];
    for (int i = 0; i < 40_000; i++) {
      chosen[new Selection.Tournament(3).from(population).choose(random)]++;
    }
    assertTrue(IntStream.of(chosen).allMatch(n -> Math.abs(n - 10_000) < 400));
  }

  @Test
  void diversityCountsPixelsThatOthersLack() {
    assertEquals(1, population(1, 2, 3).diversity(), "no pixel shared");
    assertEquals(0, of("5", "5", "5").diversity());
    assertEquals(0, of("", "").diversity());
    // Of 2 + 1 + 2 black pixels with two others each, 10 cases: black in the other in 6.
    assertEquals(0.4, of("1 2", "2", "2 3").diversity(), 1e-12);
  }

  @Test
  void onlyTheScoredExist() {
    BlackPixels genome = BlackPixels.none(CANVAS);
    assertThrows(IllegalArgumentException.class, () -> new Individual(genome, Float.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> new Individual(genome, 0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Population(List.of()));
  }

  /** One black pixel each, all different. */
  private static Population population(double... fitness) {
    return new Population(
        IntStream.range(0, fitness.length)
            .mapToObj(i -> new Individual(BlackPixels.of(CANVAS, i), 0, fitness[i]))
            .toList());
  }

  private static Population of(String... genomes) {
    return new Population(
        Stream.of(genomes)
            .map(
                text ->
                    Stream.of(text.split(" ", -1))
                        .filter(pixel -> !pixel.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray())
            .map(pixels -> new Individual(BlackPixels.of(CANVAS, pixels), 0, 0))
            .toList());
  }
}
