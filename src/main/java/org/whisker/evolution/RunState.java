package org.whisker.evolution;

/**
 * The complete state of a run between two generations except its score cache; from both, it resumes
 * exactly as if never paused.
 *
 * <p>Population and best hold the fitness under the λ of this generation.
 *
 * @param generation number of generations bred after the founders
 * @param best the fittest individual so far
 * @param lastImproved generation of the last improvement of the best
 * @param randomState state of the run's random generator
 * @param evaluations genomes scored
 * @param cacheHits number of cache hits
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
