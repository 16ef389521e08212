package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.EvolutionRun.Evaluator;
import org.whisker.evolution.Objective.LambdaSchedule;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.ScoreCache.Fingerprint;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class ScoreCacheTest {
  private static final Canvas CANVAS = Canvas.square(64);

  @Test
  void agreesWithAMapThroughGrowth() {
    ScoreCache cache = new ScoreCache(50_000);
    Map<BlackPixels, Float> map = new HashMap<>();
    SplitMix64 random = new SplitMix64(1);
    for (int i = 0; i < 20_000; i++) {
      BlackPixels genome = Genomes.random(CANVAS, random.nextInt(6), random);
      cache.put(Fingerprint.of(genome), i);
      map.put(genome, (float) i);
    }
    map.forEach(
        (genome, logit) ->
            assertEquals(OptionalDouble.of(logit), cache.find(Fingerprint.of(genome))));
    assertEquals(
        OptionalDouble.empty(),
        cache.find(Fingerprint.of(BlackPixels.of(CANVAS, 1, 2, 3, 4, 5, 6, 7))));
  }

  @Test
  void knowsAtLeastTheLastOnesAndForgetsTheOldest() {
    int capacity = 100;
    for (int genomes = capacity; genomes < 450; genomes++) {
      ScoreCache cache = new ScoreCache(capacity);
      for (int i = 0; i < genomes; i++) {
        cache.put(Fingerprint.of(BlackPixels.of(CANVAS, i)), i);
      }
      int oldest = genomes - capacity;
      assertEquals(
          OptionalDouble.of(oldest), cache.find(Fingerprint.of(BlackPixels.of(CANVAS, oldest))));
      assertEquals(
          genomes <= 2 * capacity,
          cache.find(Fingerprint.of(BlackPixels.of(CANVAS, 0))).isPresent());
    }
  }

  @Test
  void aGenomeMetAgainStays() {
    ScoreCache cache = new ScoreCache(10);
    BlackPixels again = BlackPixels.of(CANVAS, 4000);
    cache.put(Fingerprint.of(again), -2.5f);
    for (int i = 0; i < 500; i++) {
      cache.put(Fingerprint.of(BlackPixels.of(CANVAS, i)), i);
      assertEquals(OptionalDouble.of(-2.5), cache.find(Fingerprint.of(again)));
    }
  }

  @Test
  void fingerprintsTellSmallGenomesAndCanvasesApart() {
    Set<Fingerprint> seen = new HashSet<>();
    Set<Long> highs = new HashSet<>();
    Set<Long> lows = new HashSet<>();
    int genomes = 0;
    for (int a = 0; a < 400; a++) {
      for (int b = a; b < 400; b++) {
        Fingerprint print = Fingerprint.of(BlackPixels.of(CANVAS, a, b));
        seen.add(print);
        highs.add(print.high());
        lows.add(print.low());
        genomes++;
      }
    }
    assertEquals(genomes, seen.size());
    assertEquals(genomes, highs.size(), "each half alone is a good hash");
    assertEquals(genomes, lows.size());
    assertNotEquals(
        Fingerprint.of(BlackPixels.none(new Canvas(2, 3))),
        Fingerprint.of(BlackPixels.none(new Canvas(3, 2))));
  }

  @Test
  void evaluatorAsksOncePerGenome() {
    Map<BlackPixels, Integer> asked = new HashMap<>();
    LogitSource source =
        genomes -> {
          genomes.forEach(genome -> asked.merge(genome, 1, Integer::sum));
          return new float[genomes.size()];
        };
    Evaluator evaluator = new Evaluator(source, Objective.withLambda(0.1), new ScoreCache(1000));
    BlackPixels a = BlackPixels.of(CANVAS, 1);
    BlackPixels b = BlackPixels.of(CANVAS, 2);
    evaluator.score(List.of(a, b, a), 0);
    List<Individual> scored = evaluator.score(List.of(b, a), 1);
    assertEquals(Map.of(a, 1, b, 1), asked);
    assertEquals(2, evaluator.evaluations());
    assertEquals(3, evaluator.cacheHits());
    assertEquals(b, scored.get(0).genome());
  }

  @Test
  void evaluatorNeedsFiniteLogitsAndAllOfThem() {
    List<BlackPixels> one = List.of(BlackPixels.none(CANVAS));
    Evaluator nan =
        new Evaluator(LogitSource.flat(Float.NaN), Objective.withLambda(0), new ScoreCache(10));
    assertThrows(IllegalArgumentException.class, () -> nan.score(one, 0));
    Evaluator few =
        new Evaluator(genomes -> new float[0], Objective.withLambda(0), new ScoreCache(10));
    assertThrows(IllegalStateException.class, () -> few.score(one, 0));
  }

  @Test
  void objectiveIsExactAtBothEnds() {
    assertEquals(Math.log(2), Objective.crossEntropy(0), 1e-15);
    assertEquals(1000, Objective.crossEntropy(1000), 0);
    assertEquals(Math.exp(-50), Objective.crossEntropy(-50), 1e-36);
    assertTrue(Objective.crossEntropy(-40) < Objective.crossEntropy(-39.9), "no plateau");
    Objective objective = new Objective(TargetClass.CAT, LambdaSchedule.constant(0.1), 2, 5);
    assertEquals(5 - 2 * (Math.log(2) + 0.3), objective.fitness(0, 3, 0), 1e-12);
  }
}
