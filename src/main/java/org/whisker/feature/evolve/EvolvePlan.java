package org.whisker.feature.evolve;

import java.time.Duration;
import java.util.Optional;
import org.whisker.evolution.EvolutionOptions;

/**
 * What an experiment of several runs is to do.
 *
 * @param seed of the first run; the next has the next
 * @param runs at least 1
 * @param time how long each may take, if there is a limit
 * @param extras what more is wanted
 */
public record EvolvePlan(
    EvolutionOptions options, long seed, int runs, Optional<Duration> time, EvolveExtras extras) {
  private static final int MOST_RUNS = 1_000_000;

  public EvolvePlan {
    if (runs < 1) {
      throw new IllegalArgumentException("--runs must be at least 1, was " + runs);
    }
    if (runs > MOST_RUNS) {
      throw new IllegalArgumentException("--runs must be at most " + MOST_RUNS + ", was " + runs);
    }
  }

  /** The seed of a run, counted from 1. */
  long seed(int run) {
    return seed + run - 1;
  }
}
