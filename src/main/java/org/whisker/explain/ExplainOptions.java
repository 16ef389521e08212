package org.whisker.explain;

import org.whisker.evolution.EvolutionOptions;

/**
 * How much the protocol does.
 *
 * @param runs of evolution for each model and arm; the least p of a sign-flip test is 2^(1 - runs),
 *     and it is corrected for the other hypotheses: with two models, ten are enough to reach 0.05
 * @param evolution how they search
 * @param operatorRuns runs of the flat-fitness control
 * @param operatorGenerations generations of each of those
 * @param parts bins of a profile over the edge rank
 * @param margin of every equivalence test, in units of the edge index
 * @param alpha level of every test, after Holm's correction
 * @param batch pictures scored in one call
 * @param seed of everything random; run k evolves from {@code seed + k}
 */
public record ExplainOptions(
    int runs,
    EvolutionOptions evolution,
    int operatorRuns,
    int operatorGenerations,
    int parts,
    double margin,
    double alpha,
    int batch,
    long seed) {
  public ExplainOptions {
    if (runs < 2 || operatorRuns < 2) {
      throw new IllegalArgumentException(
          "a comparison needs at least 2 runs, was " + Math.min(runs, operatorRuns));
    }
    if (!(margin > 0 && margin < 0.5 && alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("margin " + margin + ", alpha " + alpha);
    }
  }

  /** Both embedded models in less than ten minutes on two cores. */
  public static ExplainOptions quick(int runs, int generations, long seed) {
    EvolutionOptions quick = EvolutionOptions.quick();
    // no target: arms are compared after as many generations, not at different depths of search
    EvolutionOptions evolution =
        quick.withStop(quick.stop().withoutTarget()).withGenerations(generations);
    return new ExplainOptions(runs, evolution, 40, generations, 10, 0.05, 0.05, 100, seed);
  }
}
