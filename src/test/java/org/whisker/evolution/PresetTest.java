package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

/** What the presets are, and runs of theirs down to the last number. */
class PresetTest {
  private static final Canvas CANVAS = Canvas.square(24);

  @Test
  void theQuestionIsToTheLetter() {
    EvolutionOptions question = EvolutionOptions.question();
    Genetic genetic = question.genetic();
    assertEquals(100, genetic.population());
    assertEquals(new FounderRule.OnePixel(), question.founders());
    assertEquals(0.8, genetic.crossoverProbability());
    assertEquals(0.015, genetic.mutation().probability());
    assertEquals(Mutation.Per.INDIVIDUAL, genetic.mutation().per());
    assertEquals(3000, question.stop().generations());
    assertEquals(OptionalDouble.empty(), question.stop().target());
    assertEquals(TargetClass.CAT, question.objective().target());
    assertTrue(question.objective().lambda() > 0);
    assertEquals(RegionSchedule.everywhere(), question.regions());
    assertEquals(Tones.standard(), question.tones());
    Objective objective = question.objective();
    double bce = -Math.log(1 - 1 / (1 + Math.exp(-0.7))); // of target 0 against sigmoid(0.7)
    assertEquals(-(bce + objective.lambda() * 12), objective.fitness(0.7, 12, 1), 1e-12);
  }

  @Test
  void goldenRunOfTheQuestion() {
    RunResult golden = run(EvolutionOptions.question().withGenerations(150));
    assertEquals(385, golden.evaluations());
    assertEquals(14_565, golden.cacheHits());
    assertEquals(27, golden.blackPixels());
    assertEquals(-0.5851988473410766, golden.best().fitness(), 1e-12);
  }

  @Test
  void goldenRunOfQuick() {
    RunResult golden = run(EvolutionOptions.quick().withStop(StopRules.after(60)));
    assertEquals(3229, golden.evaluations());
    assertEquals(2271, golden.cacheHits());
    assertEquals(56, golden.blackPixels());
    assertEquals(-0.014920489884556527, golden.best().fitness(), 1e-12);
  }

  @Test
  void goldenRunOfDense() {
    RunResult golden = run(EvolutionOptions.dense().withStop(StopRules.after(60)));
    assertEquals(1015, golden.evaluations());
    assertEquals(85, golden.cacheHits());
    assertEquals(31, golden.blackPixels());
    assertEquals(-0.4554102261393531, golden.best().fitness(), 1e-12);
  }

  private static RunResult run(EvolutionOptions options) {
    return new Evolution(options, CANVAS, Planted::weightedSum).run(42, GenerationListener.none());
  }
}
