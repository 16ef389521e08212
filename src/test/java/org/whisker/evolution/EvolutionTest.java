package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.operator.Crossover;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;

class EvolutionTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private static final EvolutionOptions SHORT = EvolutionOptions.quick().withGenerations(25);

  @ParameterizedTest
  @EnumSource(Crossover.class)
  void theSeedIsTheRun(Crossover crossover) {
    EvolutionOptions options = SHORT.withGenetic(g -> g.withCrossover(crossover));
    List<Object> first = new ArrayList<>();
    List<Object> second = new ArrayList<>();
    List<Object> other = new ArrayList<>();
    RunResult a = evolution(options).run(1, record(first));
    assertEquals(a, evolution(options).run(1, record(second)));
    assertEquals(first, second);
    assertEquals(2 * (a.generations() + 1), first.size());
    assertNotEquals(a.best(), evolution(options).run(2, record(other)).best());
    assertNotEquals(first, other);
  }

  @ParameterizedTest
  @EnumSource(Crossover.class)
  void quickFoolsAWeightedSum(Crossover crossover) {
    for (int seed = 0; seed < 5; seed++) {
      RunResult result =
          evolution(EvolutionOptions.quick().withGenetic(g -> g.withCrossover(crossover)))
              .run(seed, GenerationListener.none());
      assertEquals(Ending.TARGET, result.ending());
      assertTrue(result.catProbability() >= 0.96);
      assertEquals(
          Planted.weightedSum(List.of(result.best().genome()))[0],
          result.best().logit(),
          "its own score");
    }
  }

  @Test
  void aRunGoneOnWithIsTheSameRun() {
    EvolutionOptions options = EvolutionOptions.question().withGenerations(40);
    Evolution evolution = evolution(options);
    EvolutionRun whole = evolution.begin(7);
    EvolutionRun paused = evolution.begin(7);
    for (int generation = 1; generation <= 40; generation++) {
      whole.advance();
      paused.advance();
      paused = evolution.resume(paused.state(), paused.cache());
      assertEquals(whole.stats(), paused.stats());
      assertEquals(whole.state(), paused.state());
    }
    assertEquals(evolution.run(7, GenerationListener.none()), paused.result(Ending.GENERATIONS));
  }

  @Test
  void noGenomeIsScoredTwice() {
    Map<BlackPixels, Integer> asked = new HashMap<>();
    LogitSource counting =
        genomes -> {
          genomes.forEach(genome -> asked.merge(genome, 1, Integer::sum));
          return Planted.weightedSum(genomes);
        };
    EvolutionOptions options =
        EvolutionOptions.question().withGenerations(200).withGenetic(g -> g.withPopulation(50));
    RunResult result = new Evolution(options, CANVAS, counting).run(3, GenerationListener.none());
    assertTrue(asked.values().stream().allMatch(times -> times == 1));
    assertEquals(asked.size(), result.evaluations());
    assertEquals(50 + 200 * 49, result.evaluations() + result.cacheHits());
    assertTrue(result.cacheHits() > 1000, "many children repeat: " + result.cacheHits());
  }

  @Test
  void aPlantedPreferenceForTheEdgeIsFound() {
    EdgeRank ranks = new EdgeRank(CANVAS);
    LogitSource edge = genomes -> planted(genomes, ranks, 1);
    LogitSource centre = genomes -> planted(genomes, ranks, -1);
    for (int seed = 0; seed < 5; seed++) {
      assertTrue(edgeIndex(edge, seed) < 0.3);
      assertTrue(edgeIndex(centre, seed) > 0.7);
    }
  }

  /** Ten black pixels are wanted, where u is low (sign 1) or high (sign -1). */
  private static float[] planted(List<BlackPixels> genomes, EdgeRank ranks, int sign) {
    float[] logits = new float[genomes.size()];
    for (int i = 0; i < logits.length; i++) {
      BlackPixels genome = genomes.get(i);
      double bias = ranks.edgeIndex(genome).orElse(0.5) - 0.5;
      logits[i] = (float) (Math.abs(genome.count() - 10) + 5 * sign * bias);
    }
    return logits;
  }

  private static double edgeIndex(LogitSource source, long seed) {
    EvolutionOptions options = EvolutionOptions.quick().withStop(StopRules.after(80)).withLambda(0);
    return new Evolution(options, CANVAS, source)
        .run(seed, GenerationListener.none())
        .edgeIndex()
        .orElseThrow();
  }

  @Test
  void theBestNeverGetsWorseAndStatsAreOfIt() {
    List<GenerationStats> history = new ArrayList<>();
    GenerationListener listener =
        (stats, best) -> {
          history.add(stats);
          assertEquals(stats.bestLogit(), best.logit());
          assertEquals(stats.bestPixels(), best.genome().count());
          assertEquals(new EdgeRank(CANVAS).edgeIndex(best.genome()), stats.edgeIndex());
          assertTrue(stats.worstFitness() <= stats.meanFitness());
          assertTrue(stats.meanFitness() <= stats.bestFitness());
          assertTrue(stats.diversity() >= 0 && stats.diversity() <= 1);
          return true;
        };
    RunResult result = evolution(SHORT).run(5, listener);
    for (int i = 1; i < history.size(); i++) {
      assertEquals(i, history.get(i).generation());
      assertTrue(history.get(i).bestFitness() >= history.get(i - 1).bestFitness());
      assertTrue(history.get(i).evaluations() >= history.get(i - 1).evaluations());
    }
    assertEquals(history.get(0).bestPixels(), 1, "founders have one black pixel");
    assertEquals(history.get(history.size() - 1).bestFitness(), result.best().fitness());
  }

  @Test
  void runsEndForEveryReason() {
    assertEquals(Ending.GENERATIONS, ending(StopRules.after(0), 1e-9f));
    assertEquals(Ending.GENERATIONS, ending(StopRules.after(7), 1e-9f));
    assertEquals(Ending.TARGET, ending(StopRules.after(7).withTarget(0.5), -1));
    assertEquals(Ending.GENERATIONS, ending(StopRules.after(7).withTarget(0.5), 1));
    assertEquals(Ending.STAGNATION, ending(StopRules.after(7).withStagnation(3), 1));
    assertEquals(Ending.EVALUATIONS, ending(StopRules.after(7).withEvaluations(150), 1));
    RunResult stopped = evolution(SHORT).run(1, (stats, best) -> stats.generation() < 4);
    assertEquals(Ending.STOPPED, stopped.ending());
    assertEquals(4, stopped.generations());
    assertTrue(stopped.best().genome().count() > 0, "what was done is kept");
  }

  @Test
  void aRunThatDoesNotCrossSaysSo() {
    RunResult result =
        new Evolution(SHORT, CANVAS, LogitSource.flat(2)).run(1, GenerationListener.none());
    assertFalse(result.catProbability() >= 0.5);
    assertEquals(1 / (1 + Math.exp(2)), result.catProbability(), 1e-12);
  }

  @Test
  void aBrokenClassifierIsNotSelectedFor() {
    Evolution evolution = new Evolution(SHORT, CANVAS, LogitSource.flat(Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> evolution.run(1, GenerationListener.none()));
  }

  private static Ending ending(StopRules rules, float logit) {
    EvolutionOptions options = EvolutionOptions.quick().withStop(rules).withLambda(0);
    return new Evolution(options, CANVAS, LogitSource.flat(logit))
        .run(1, GenerationListener.none())
        .ending();
  }

  private static Evolution evolution(EvolutionOptions options) {
    return new Evolution(options, CANVAS, Planted::weightedSum);
  }

  private static GenerationListener record(List<Object> events) {
    return (stats, best) -> {
      events.add(stats);
      events.add(best);
      return true;
    };
  }
}
