package org.whisker.evolution;

import java.util.OptionalDouble;

/**
 * What a run came to.
 *
 * @param best the fittest individual so far, by λ of the last generation
 * @param edgeIndex of the best; empty when it is white
 * @param generations how many were bred after the founders
 * @param evaluations genomes scored
 * @param cacheHits genomes whose score was already known
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
