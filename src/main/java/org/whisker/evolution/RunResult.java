package org.whisker.evolution;

import java.util.OptionalDouble;

/**
 * The result of a run.
 *
 * @param best the fittest individual, by the λ of the last generation
 * @param edgeIndex of the best; empty if it is all white
 * @param generations number of generations bred after the founders
 * @param evaluations genomes scored
 * @param cacheHits number of cache hits
 */
public record RunResult(
    long seed,
    Ending ending,
    Individual best,
    OptionalDouble edgeIndex,
    int generations,
    long evaluations,
    long cacheHits) {

  public double catProbability() {
    return best.catProbability();
  }

  public int blackPixels() {
    return best.genome().count();
  }
}
