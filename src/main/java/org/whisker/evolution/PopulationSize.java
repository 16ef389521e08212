package org.whisker.evolution;

/** How many genomes a generation may have. */
final class PopulationSize {
  /** A generation is in memory as a whole. */
  private static final int MOST = 1_000_000;

  private PopulationSize() {}

  static void check(int population) {
    if (population < 2) {
      throw new IllegalArgumentException("population must be at least 2, was " + population);
    }
    if (population > MOST) {
      throw new IllegalArgumentException(
          "population must be at most " + MOST + ", was " + population);
    }
  }
}
