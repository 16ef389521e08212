package org.whisker.evolution;

/** Why a run ended. */
public enum Ending {
  /** The fittest is as much a cat as asked for. */
  TARGET,
  /** All generations were bred. */
  GENERATIONS,
  /** Nothing fitter came for a while. */
  STAGNATION,
  /** The budget of scored genomes is spent. */
  EVALUATIONS,
  /** The search has nothing more to try. */
  EXHAUSTED,
  /** The time it was given is over. */
  TIME,
  /** The listener asked to stop. */
  STOPPED
}
