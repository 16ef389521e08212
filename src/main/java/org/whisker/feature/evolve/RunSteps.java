package org.whisker.feature.evolve;

import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.StopRules;

/**
 * What the progress of a run counts: scored images where their number ends it, else generations.
 */
record RunSteps(boolean evaluations, long total) {
  static RunSteps of(StopRules stop) {
    // a generation scores an image at least, so this budget is spent before that of generations
    boolean evaluations = stop.evaluations().orElse(Long.MAX_VALUE) <= stop.generations();
    return new RunSteps(
        evaluations, evaluations ? stop.evaluations().getAsLong() : stop.generations());
  }

  /** The steps that are done; the last generation may score more images than are asked for. */
  long done(GenerationStats stats) {
    return Math.min(total, evaluations ? stats.evaluations() : stats.generation());
  }
}
