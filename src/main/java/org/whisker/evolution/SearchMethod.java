package org.whisker.evolution;

import java.util.Iterator;
import java.util.List;
import org.whisker.image.BlackPixels;

/**
 * A way to search for cats, one generation after another. Its options are all it holds: what it
 * knows between generations is the population, so that a checkpoint of any search is one population
 * and the state of one generator.
 */
public sealed interface SearchMethod permits Genetic, RandomSearch, Greedy, Annealing, SparseRs {
  /** The name as users type it. */
  String label();

  /** How many genomes a generation has; what is scored as one batch where it fits. */
  int population();

  /** The founders: generation 0. */
  List<BlackPixels> founders(Founders founders, Step step);

  /** The genomes to be scored next; none when there is nothing to try. */
  List<BlackPixels> propose(Population current, Step step);

  /**
   * The same one by one, for who begins to score before all are made. Where making them takes time,
   * each is made when it is asked for.
   */
  default Iterator<BlackPixels> proposals(Population current, Step step) {
    return propose(current, step).iterator();
  }

  /**
   * The next generation.
   *
   * @param scored what was proposed, in its order, with its scores
   */
  Population accept(Population current, List<Individual> scored, Step step);

  /** Whether there is nothing more to try. */
  default boolean exhausted(Population current) {
    return false;
  }
}
