package org.whisker.evolution;

import java.util.random.RandomGenerator;

/** How parents are chosen. */
public sealed interface Selection {
  Individual choose(Population population, RandomGenerator random);

  /**
   * The fittest of {@code size} individuals drawn with replacement; of equals the one drawn first,
   * so that under flat fitness all have the same chance.
   *
   * @param size at least 1; 1 is no selection at all
   */
  record Tournament(int size) implements Selection {
    public Tournament {
      if (size < 1) {
        throw new IllegalArgumentException("tournament size must be at least 1, was " + size);
      }
    }

    @Override
    public Individual choose(Population population, RandomGenerator random) {
      Individual best = population.get(random.nextInt(population.size()));
      for (int i = 1; i < size; i++) {
        Individual other = population.get(random.nextInt(population.size()));
        best = other.fitness() > best.fitness() ? other : best;
      }
      return best;
    }
  }
}
