package org.whisker.feature.evolve;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.value.Checks;

/**
 * What an experiment of several runs is to do.
 *
 * @param seed the seed of the first run; the next has the next
 * @param runs at least 1
 * @param time how long each may take, if there is a limit
 * @param extras what more is wanted
 */
public record EvolvePlan(
    EvolutionOptions options, long seed, int runs, Optional<Duration> time, EvolveExtras extras) {
  private static final int MOST_RUNS = 1_000_000;

  public EvolvePlan {
    Checks.refuse(runs < 1, "--runs must be at least 1, was %s", runs);
    Checks.refuse(runs > MOST_RUNS, "--runs must be at most %s, was %s", MOST_RUNS, runs);
  }

  /** The seed of a run, counted from 1. */
  long seed(int run) {
    return seed + run - 1;
  }

  /**
   * What an experiment is to give beyond the search itself, which none of it changes.
   *
   * @param minimized when present, the p(target class) down to which the best image of each run is
   *     freed of pixels
   * @param minimizeBudget images to score for each run's minimal image, beyond what taking pixels
   *     away needs
   */
  public record EvolveExtras(OptionalDouble minimized, long minimizeBudget) {
    /** Target of the minimization where the run has no target of its own. */
    private static final double EVEN = 0.5;

    public EvolveExtras {
      if (minimizeBudget < 0) {
        throw new IllegalArgumentException(
            "--minimize-evaluations must not be negative, was " + minimizeBudget);
      }
      minimized.ifPresent(
          p -> {
            Checks.require(
                p > 0 && p < 1, "--minimize-target must be above 0 and below 1, was %s", p);
          });
    }

    /** Asks for nothing more. */
    public static EvolveExtras none() {
      return new EvolveExtras(OptionalDouble.empty(), 0);
    }

    /** What minimization goes down to where nothing else is asked for. */
    public static double usualTarget(EvolutionOptions options) {
      return options.stop().target().orElse(EVEN);
    }

    void putInto(Map<String, Object> manifest) {
      minimized.ifPresent(
          p -> {
            manifest.put("minimize_target", p);
            manifest.put("minimize_evaluations", minimizeBudget);
          });
    }
  }
}
