package org.whisker.evolution;

/**
 * All that a run is between two generations, its score cache aside: with both, it goes on as if it
 * had never paused.
 *
 * <p>Population and best have the fitness that λ of this generation gives them.
 *
 * @param generation how many were bred after the founders
 * @param best the fittest individual so far
 * @param lastImproved the generation in which it first got so fit
 * @param randomState of the run's generator
 * @param evaluations genomes scored
 * @param cacheHits genomes whose score was already known
 */
public record RunState(
    long seed,
    int generation,
    Population population,
    Individual best,
    int lastImproved,
    long randomState,
    long evaluations,
    long cacheHits) {}
