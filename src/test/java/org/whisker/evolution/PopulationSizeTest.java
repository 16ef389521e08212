package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.whisker.evolution.SearchMethod.PopulationSize;

class PopulationSizeTest {
  @Test
  void isBounded() {
    PopulationSize.check(2);
    PopulationSize.check(1_000_000);
    assertEquals("population must be at least 2, was 1", refusal(1));
    assertEquals("population must be at most 1000000, was 1000000000", refusal(1_000_000_000));
  }

  private static String refusal(int population) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                EvolutionOptions.quick()
                    .withGenetic(genetic -> genetic.withElites(0).withPopulation(population)));
    return String.valueOf(e.getMessage());
  }
}
