package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Survivor selection: which individuals the children replace. */
public sealed interface Replacement {
  /** Children per generation for a population of this size. */
  int children(int population);

  /**
   * The next population as indices into {@code pool}, which holds the current population followed
   * by its children. Survivors come first.
   */
  List<Integer> next(Population pool, int population);

  /**
   * Generational replacement with elitism.
   *
   * @param elites number of fittest individuals that survive (ties go to the newest); at least 0
   *     and below the population size
   */
  record Generational(int elites) implements Replacement {
    public Generational {
      if (elites < 0) {
        throw new IllegalArgumentException("elites must be at least 0, were " + elites);
      }
    }

    @Override
    public int children(int population) {
      return population - elites;
    }

    @Override
    public List<Integer> next(Population pool, int population) {
      List<Integer> next = new ArrayList<>(population);
      next.addAll(
          new Population(pool.individuals().subList(0, population)).ranking().subList(0, elites));
      IntStream.range(population, pool.size()).forEach(next::add);
      return next;
    }
  }

  /**
   * Steady state, (μ + λ): parents and children compete, and the worst are replaced; among equals
   * the oldest. Each step counts as a generation, whatever its number of children.
   *
   * @param offspring children per step, at least 1
   */
  record SteadyState(int offspring) implements Replacement {
    public SteadyState {
      if (offspring < 1) {
        throw new IllegalArgumentException("offspring must be at least 1, were " + offspring);
      }
    }

    @Override
    public int children(int population) {
      return offspring;
    }

    @Override
    public List<Integer> next(Population pool, int population) {
      return pool.ranking().subList(0, population).stream().sorted().toList();
    }
  }
}
