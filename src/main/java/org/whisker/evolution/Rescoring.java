package org.whisker.evolution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rescores an individual by {@link LogitSource#exact()}; a no-op if the search already uses exact
 * scores. The last result is cached, since the fittest often stays the same for generations.
 */
final class Rescoring {
  private final LogitSource exact;
  private final boolean needed;
  private @Nullable Individual last;
  private float logit;

  Rescoring(LogitSource search) {
    this.exact = search.exact();
    this.needed = exact != search;
  }

  /** The individual's exact logit of not-cat. */
  float logit(Individual individual) {
    if (!needed) {
      return individual.logit();
    }
    if (last == null || !last.genome().equals(individual.genome())) {
      logit = exact.logits(List.of(individual.genome()))[0];
      last = individual;
    }
    return logit;
  }

  /** The individual with its exact logit and the corresponding fitness. */
  Individual of(Individual individual, Objective objective, int generation) {
    if (!needed) {
      return individual;
    }
    float found = logit(individual);
    double fitness = objective.fitness(found, individual.genome().count(), generation);
    return new Individual(individual.genome(), found, fitness);
  }
}
