package org.whisker.explain;

import java.util.Optional;
import java.util.function.Supplier;
import org.whisker.classifier.DifferentiableClassifier;

/**
 * A classifier under the protocol. What is opened is closed by the protocol; never are two open at
 * once.
 *
 * @param open the classifier as it is
 * @param swapped the padding it can be swapped to; empty when it can't
 */
public record Subject(
    ModelSummary model, Supplier<DifferentiableClassifier> open, Optional<Swap> swapped) {
  /** The same weights with another padding, called by its label. */
  public record Swap(String padding, Supplier<DifferentiableClassifier> open) {}
}
