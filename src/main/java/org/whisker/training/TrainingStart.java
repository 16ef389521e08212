package org.whisker.training;

import org.whisker.weights.Weights;

/** The weights with which training begins. */
public sealed interface TrainingStart {
  /** Weights drawn from the regime's seed. */
  record Fresh() implements TrainingStart {}

  /**
   * Weights of another model, under the names and shapes of the network to train.
   *
   * @param tuning how they are fine-tuned
   */
  record Weighted(Weights weights, FineTuning tuning) implements TrainingStart {}
}
