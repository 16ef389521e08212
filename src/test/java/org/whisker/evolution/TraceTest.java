package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.TraceEvent.Child;
import org.whisker.evolution.TraceEvent.Joined;
import org.whisker.evolution.TraceEvent.Kept;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.Crossover.Recombination;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class TraceTest {
  private static final Canvas CANVAS = Canvas.square(24);

  @ParameterizedTest
  @EnumSource(Crossover.class)
  void everyIndividualCanBeMadeAgainFromItsTrace(Crossover crossover) {
    assertRetraced(EvolutionOptions.quick().withGenetic(g -> g.withCrossover(crossover)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 100, 130})
  void inASteadyStateToo(int offspring) {
    assertRetraced(
        EvolutionOptions.quick()
            .withGenetic(g -> g.withReplacement(new Replacement.SteadyState(offspring))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.003, 1})
  void flipsAreTracedToo(double probability) {
    assertRetraced(
        EvolutionOptions.quick()
            .withGenetic(
                g ->
                    g.withMutation(
                        g.mutation().withPer(Mutation.Per.PIXEL).withProbability(probability))));
  }

  private static void assertRetraced(EvolutionOptions options) {
    Evolution evolution = new Evolution(options, CANVAS, Planted::weightedSum);
    EvolutionRun traced = evolution.begin(3);
    EvolutionRun untraced = evolution.begin(3);
    for (int generation = 1; generation <= 15; generation++) {
      List<TraceEvent> events = new ArrayList<>();
      Population before = traced.population();
      traced.advance(events::add);
      untraced.advance();
      assertEquals(untraced.state(), traced.state(), "a trace changes nothing");
      int number = generation;
      assertTrue(events.stream().allMatch(event -> event.generation() == number));
      assertEquals(traced.population(), retraced(before, events, traced.population()));
    }
  }

  /** The new population from the old one and the trace; of {@code scored} only the scores. */
  private static Population retraced(Population old, List<TraceEvent> events, Population scored) {
    List<BlackPixels> children = new ArrayList<>();
    List<Individual> next = new ArrayList<>();
    for (TraceEvent event : events) {
      if (event instanceof Child child) {
        assertEquals(children.size(), child.child());
        children.add(bred(old, child));
      } else if (event instanceof Kept kept) {
        assertEquals(next.size(), kept.index());
        next.add(old.get(kept.previous()));
      } else if (event instanceof Joined joined) {
        assertEquals(next.size(), joined.index());
        Individual there = scored.get(joined.index());
        next.add(new Individual(children.get(joined.child()), there.logit(), there.fitness()));
      }
    }
    return new Population(next);
  }

  private static BlackPixels bred(Population old, Child child) {
    BlackPixels parent = old.get(child.parent()).genome();
    BlackPixels mate = old.get(child.mate()).genome();
    // The two children of a pair are mirror images, but for the one that is built on the first.
    boolean second = child.child() % 2 == 1;
    BlackPixels genome = parent;
    if (child.crossover().isPresent()) {
      Recombination crossover = child.crossover().get();
      genome =
          second ? crossover.apply(mate, parent).second() : crossover.apply(parent, mate).first();
    }
    for (TraceEvent.Change change : child.changes()) {
      BlackPixels before = genome;
      genome = change.edit().apply(before);
      for (int pixel : change.edit().pixels()) {
        assertTrue(CANVAS.pixels() > pixel && pixel >= 0, change.kind());
      }
    }
    return genome;
  }
}
