package org.whisker.evolution;

/** Why a run ended. */
public enum Ending {
  /** The fittest is as much of the target class as asked for. */
  TARGET,
  /** All generations were bred. */
  GENERATIONS,
  /** Nothing fitter came for a while. */
  STAGNATION,
  /** The budget of scored genomes is spent. */
  EVALUATIONS,
  /** The search has nothing more to try. */
  EXHAUSTED,
  /** The time allowed is over; told to the run, which looks at no clock. */
  TIME,
  /** The listener asked to stop. */
  STOPPED
}
