package org.whisker.saliency.result;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.whisker.saliency.faithfulness.Faithfulness;
import org.whisker.saliency.faithfulness.ParameterRandomisation;
import org.whisker.saliency.faithfulness.RandomisedStep;

/**
 * A map and its faithfulness tests.
 *
 * @param randomised result of the parameter randomisation test; empty when the method fails on
 *     randomised networks
 */
public record TestedMap(
    ExplainedMap map, Faithfulness faithfulness, Optional<ParameterRandomisation> randomised) {
  public TestedMap {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(faithfulness, "faithfulness");
    Objects.requireNonNull(randomised, "randomised");
  }

  /** One result per network, with layers randomised successively from the logit down. */
  List<RandomisedStep> steps() {
    return randomised.map(ParameterRandomisation::steps).orElse(List.of());
  }
}
