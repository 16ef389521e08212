package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** A search by coarse scores that flatter, reported by exact ones. */
class RescoringTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private static final float FLATTERY = 0.7f;
  private static final double TARGET = 0.9;
  private static final EvolutionOptions OPTIONS =
      EvolutionOptions.quick().withStop(StopRules.after(300).withTarget(TARGET));

  private final List<BlackPixels> rescored = new ArrayList<>();

  private static float[] coarse(List<BlackPixels> genomes) {
    float[] logits = Planted.weightedSum(genomes);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.round(logits[i] * 50) / 50f - FLATTERY;
    }
    return logits;
  }

  private LogitSource source() {
    LogitSource coarse = RescoringTest::coarse;
    return coarse.reporting(
        genomes -> {
          rescored.addAll(genomes);
          return Planted.weightedSum(genomes);
        });
  }

  @Test
  void aTargetIsReachedByTheExactScore() {
    List<GenerationStats> history = new ArrayList<>();
    RunResult result =
        new Evolution(OPTIONS, CANVAS, source())
            .run(
                1,
                (stats, best) -> {
                  history.add(stats);
                  return true;
                });
    assertEquals(Ending.TARGET, result.ending());
    float exact = Planted.weightedSum(List.of(result.best().genome()))[0];
    assertEquals(exact, result.best().logit());
    assertTrue(result.catProbability() >= TARGET);
    assertEquals(
        OPTIONS.objective().fitness(exact, result.blackPixels(), result.generations()),
        result.best().fitness());
    assertEquals(coarse(List.of(result.best().genome()))[0], last(history).bestLogit());
    long flattered = history.stream().filter(s -> s.bestCatProbability() >= TARGET).count();
    assertTrue(flattered > 3, "went on after the coarse score was there: " + flattered);
    assertEquals(rescored.stream().distinct().toList(), rescored, "each image once");
    assertTrue(rescored.size() <= flattered, "only those that seemed to be there");
  }

  @Test
  void theSearchItselfGoesByItsOwnScores() {
    EvolutionOptions options = OPTIONS.withStop(StopRules.after(20));
    List<Individual> bests = new ArrayList<>();
    List<Individual> coarse = new ArrayList<>();
    RunResult result = new Evolution(options, CANVAS, source()).run(3, into(bests));
    RunResult plain = new Evolution(options, CANVAS, RescoringTest::coarse).run(3, into(coarse));
    assertEquals(coarse, bests);
    assertEquals(plain.best().genome(), result.best().genome());
    assertNotEquals(plain.best().logit(), result.best().logit());
    assertEquals(List.of(result.best().genome()), rescored, "the result alone");
  }

  @Test
  void withoutAnotherSourceNothingIsScoredAgain() {
    LogitSource source = Planted::weightedSum;
    assertSame(source, source.exact());
    Individual it = new Individual(BlackPixels.of(CANVAS, 5), 1.5f, -2);
    EvolutionRun.Rescoring rescoring = new EvolutionRun.Rescoring(source);
    assertSame(it, rescoring.of(it, OPTIONS.objective(), 0));
    assertEquals(1.5f, rescoring.logit(it));
  }

  private static GenerationListener into(List<Individual> bests) {
    return (stats, best) -> {
      bests.add(best);
      return true;
    };
  }

  private static GenerationStats last(List<GenerationStats> history) {
    return history.get(history.size() - 1);
  }
}
