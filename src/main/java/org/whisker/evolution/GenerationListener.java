package org.whisker.evolution;

/** Receives every generation once it is scored, beginning with the founders. */
@FunctionalInterface
public interface GenerationListener {
  /**
   * Receives one generation.
   *
   * @param best the fittest individual of this generation
   * @return whether to continue; false ends the run with {@link Ending#STOPPED} and keeps its
   *     result
   */
  boolean onGeneration(GenerationStats stats, Individual best);

  /** Ignores every generation and always continues. */
  static GenerationListener none() {
    return (stats, best) -> true;
  }
}
