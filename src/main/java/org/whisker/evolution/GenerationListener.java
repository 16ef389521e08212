package org.whisker.evolution;

/** Told of every generation as soon as it is scored, the founders first. */
@FunctionalInterface
public interface GenerationListener {
  /**
   * Hears of one generation.
   *
   * @param best the fittest individual of this generation
   * @return whether to go on; false ends the run with {@link Ending#STOPPED} and keeps what is done
   */
  boolean onGeneration(GenerationStats stats, Individual best);

  /** Listens to nothing and goes on. */
  static GenerationListener none() {
    return (stats, best) -> true;
  }
}
