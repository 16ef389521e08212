package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Who makes room for the children. */
public sealed interface Replacement {
  /** How many children a population of this size has a generation. */
  int children(int population);

  /**
   * The next population: indices into {@code pool}, which holds the present population and then its
   * children. Those that stay come first.
   */
  List<Integer> next(Population pool, int population);

  /**
   * All make room but some elites.
   *
   * @param elites how many of the fittest stay, of equals the newest; at least 0 and fewer than the
   *     population
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
   * Steady state, (μ + λ): old and young compete, and the worst of them all make room; of equals
   * the oldest. Each step counts as a generation, however few its children are.
   *
   * @param offspring children a step, at least 1
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
