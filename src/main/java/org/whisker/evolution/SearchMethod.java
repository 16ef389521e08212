package org.whisker.evolution;

import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;
import org.whisker.option.Entries;
import org.whisker.value.Checks;

/**
 * A population-based search method. It holds options only: all state between generations is in the
 * population, so a checkpoint of any method is one population and the state of one random
 * generator.
 */
public sealed interface SearchMethod
    permits Genetic, RandomSearch, Greedy, Annealing, SparseRs, BruSLeAttack, MapElites {
  /** Name in options and files. */
  default String label() {
    return Entries.kind((Record) this);
  }

  /** Genomes per generation, scored as one batch where possible. */
  int population();

  /**
   * Number of genomes, roughly, of a generation that have no known score once the search has
   * converged; at least 1.
   */
  default int newGenomes() {
    return population();
  }

  /** The founders: generation 0. */
  List<BlackPixels> founders(FounderRule founders, GenerationContext context);

  /** The genomes to be scored next; empty if the search is exhausted. */
  List<BlackPixels> propose(Population current, GenerationContext context);

  /** The genomes of {@link #propose} one by one, so that scoring can overlap with breeding. */
  default Iterator<BlackPixels> proposals(Population current, GenerationContext context) {
    return propose(current, context).iterator();
  }

  /**
   * The next generation.
   *
   * @param scored the proposed genomes with their scores, in the same order
   */
  Population accept(Population current, List<Individual> scored, GenerationContext context);

  /** Whether no candidates remain. */
  default boolean exhausted(Population current) {
    return false;
  }

  /** How many genomes a generation may have. */
  final class PopulationSize {
    /** A generation is in memory as a whole. */
    private static final int MOST = 1_000_000;

    private PopulationSize() {}

    static void check(int population) {
      Checks.refuse(population < 2, "population must be at least 2, was %s", population);
      Checks.refuse(population > MOST, "population must be at most %s, was %s", MOST, population);
    }
  }

  /**
   * The context in which a {@link SearchMethod} makes a generation.
   *
   * @param generation counted from 1 (the founders are generation 0)
   * @param region where pixels may change in this generation
   * @param random the run's random generator
   */
  record GenerationContext(int generation, Region region, RandomGenerator random) {}
}
