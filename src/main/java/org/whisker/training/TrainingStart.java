package org.whisker.training;

import org.whisker.weights.Weights;

/** What training begins with. */
public sealed interface TrainingStart {
  /** Weights drawn from the regime's seed. */
  record Fresh() implements TrainingStart {}

  /**
   * Weights of another model, under the names and shapes of the network to train.
   *
   * @param tuning how they are trained on
   */
  record Weighted(Weights weights, FineTuning tuning) implements TrainingStart {}
}
