package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.evolution.Objective.LambdaSchedule;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.Canvas;

class ObjectiveTest {
  private static final Canvas CANVAS = Canvas.square(24);

  @Test
  void lambdaGoesByAmountsOrFactorsAndThenStays() {
    LambdaSchedule linear = LambdaSchedule.parse("linear:0,0.4,4");
    assertEquals(0, linear.at(0));
    assertEquals(0.1, linear.at(1), 1e-12);
    assertEquals(0.3, linear.at(3), 1e-12);
    assertEquals(0.4, linear.at(4));
    assertEquals(0.4, linear.at(9999));
    LambdaSchedule geometric = LambdaSchedule.parse("geometric:0.01,1,4");
    assertEquals(0.01, geometric.at(0), 1e-12);
    assertEquals(0.1, geometric.at(2), 1e-12);
    assertEquals(1, geometric.at(4));
    assertEquals(1, geometric.at(5));
    assertEquals(0.25, LambdaSchedule.parse("0.25").at(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "linear:0.0,0.5,30", "geometric:1.0E-5,0.001,2000"})
  void schedulesReadWhatTheyWrite(String text) {
    LambdaSchedule schedule = LambdaSchedule.parse(text);
    assertEquals(text, schedule.written().toString());
    assertEquals(schedule, LambdaSchedule.parse(schedule.written().toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "NaN",
        "linear",
        "linear:1,2",
        "linear:1,2,0",
        "linear:0,Infinity,5",
        "geometric:0,1,5",
        "geometric:1,0,5",
        "cubic:1,2,3",
        "linear:1,x,3"
      })
  void impossibleSchedulesAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> LambdaSchedule.parse(text));
  }

  @Test
  void theOtherClassIsTheMirrorImage() {
    Objective cat = new Objective(TargetClass.CAT, LambdaSchedule.constant(0.1), 2, 5);
    Objective notCat = cat.withTarget(TargetClass.NOT_CAT);
    for (double logit : new double[] {-40, -1, 0, 0.3, 900}) {
      assertEquals(cat.fitness(logit, 3, 1), notCat.fitness(-logit, 3, 1));
      assertEquals(
          1, TargetClass.CAT.probability(logit) + TargetClass.NOT_CAT.probability(logit), 1e-12);
    }
    assertTrue(cat.fitness(-1, 3, 1) > cat.fitness(1, 3, 1));
    assertEquals(TargetClass.NOT_CAT, TargetClass.parse("not-cat"));
    assertThrows(IllegalArgumentException.class, () -> TargetClass.parse("dog"));
  }

  @Test
  void aRunForTheOtherClassFindsIt() {
    EvolutionOptions options =
        EvolutionOptions.quick()
            .withObjective(Objective.withLambda(0.001).withTarget(TargetClass.NOT_CAT));
    LogitSource turned =
        genomes -> {
          float[] logits = Planted.weightedSum(genomes);
          for (int i = 0; i < logits.length; i++) {
            logits[i] = -logits[i];
          }
          return logits;
        };
    RunResult found = new Evolution(options, CANVAS, turned).run(1, GenerationListener.none());
    assertEquals(Ending.TARGET, found.ending());
    assertTrue(TargetClass.NOT_CAT.probability(found.best().logit()) >= 0.96);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear:0,0.2,12", "geometric:0.2,0.0001,12"})
  void everyGenerationHasItsOwnPenalty(String schedule) {
    Objective objective = Objective.withLambda(0).withPenalty(LambdaSchedule.parse(schedule));
    for (Replacement replacement :
        new Replacement[] {new Replacement.Generational(10), new Replacement.SteadyState(9)}) {
      EvolutionOptions options =
          EvolutionOptions.quick()
              .withObjective(objective)
              .withGenetic(g -> g.withReplacement(replacement));
      Evolution evolution = new Evolution(options, CANVAS, Planted::weightedSum);
      EvolutionRun run = evolution.begin(4);
      EvolutionRun paused = evolution.begin(4);
      for (int generation = 0; generation < 16; generation++) {
        assertPenalised(run, objective, generation);
        assertEquals(run.state(), paused.state(), "resumed alike");
        run.advance();
        paused.advance();
        paused = evolution.resume(paused.state(), paused.cache());
      }
    }
  }

  private static void assertPenalised(EvolutionRun run, Objective objective, int generation) {
    for (Individual it : run.population().individuals()) {
      assertEquals(objective.fitness(it, generation), it.fitness());
    }
    Individual best = run.state().best();
    assertEquals(objective.fitness(best, generation), best.fitness());
    assertTrue(best.fitness() >= run.population().best().fitness());
  }
}
