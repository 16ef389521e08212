package org.whisker.evolution;

/** The reason for which a run ended. */
public enum Ending {
  /** The fittest individual reached the required probability of the target class. */
  TARGET,
  /** The maximum number of generations was bred. */
  GENERATIONS,
  /** No improvement for the allowed number of generations. */
  STAGNATION,
  /** The budget of evaluations is spent. */
  EVALUATIONS,
  /** The search has nothing more to try. */
  EXHAUSTED,
  /** The time limit has passed; signalled by the caller, since a run reads no clock. */
  TIME,
  /** The listener asked to stop. */
  STOPPED
}
