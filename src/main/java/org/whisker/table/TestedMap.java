package org.whisker.table;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.saliency.faithfulness.Faithfulness;
import org.whisker.saliency.faithfulness.ParameterRandomisation;

/**
 * A map, and whether it can be believed.
 *
 * @param randomised empty where the method fails on randomised networks
 */
public record TestedMap(
    ExplainedMap map, Faithfulness faithfulness, Optional<ParameterRandomisation> randomised) {
  public TestedMap {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(faithfulness, "faithfulness");
    Objects.requireNonNull(randomised, "randomised");
  }

  /**
   * How alike the map's |value| stays once all layers are drawn anew: Spearman's rho; empty where
   * there is none.
   */
  public OptionalDouble rhoOfRandomised() {
    return FaithfulnessFiles.rho(this, false);
  }
}
