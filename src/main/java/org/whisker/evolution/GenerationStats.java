package org.whisker.evolution;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Statistics of one generation. Holds no genome, so that the history of a run stays small.
 *
 * @param generation 0 for the founders
 * @param bestCatProbability p(cat) of the fittest individual; the next three are of the same
 *     individual
 * @param bestLogit of not-cat
 * @param edgeIndex of the fittest; empty if it is all white
 * @param diversity see {@link Population#diversity()}
 * @param evaluations genomes scored so far, this generation's included
 * @param cacheHits cache hits so far
 */
public record GenerationStats(
    int generation,
    double bestFitness,
    double meanFitness,
    double worstFitness,
    double bestCatProbability,
    float bestLogit,
    int bestPixels,
    OptionalDouble edgeIndex,
    double diversity,
    long evaluations,
    long cacheHits) {
  /** The fittest individual in a few words, for a progress line. */
  public String inBrief() {
    String index =
        edgeIndex.isPresent() ? String.format(Locale.ROOT, "%.3f", edgeIndex.getAsDouble()) : "-";
    return String.format(
        Locale.ROOT, "p(cat) %.3f, %d pixels, E %s", bestCatProbability, bestPixels, index);
  }
}
