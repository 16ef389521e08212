package org.whisker.explain;

import java.util.Optional;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Observation;

/**
 * What a comparison of models takes of each.
 *
 * @param control its evolved runs, from the same seeds as those of the others
 * @param foveation whether its pixels lie where many paths begin; empty where that is not known
 */
public record ComparedModel(
    ModelFacts facts, ArmRuns control, ModelMaps maps, Optional<Observation> foveation) {
  public String name() {
    return facts.summary().name();
  }
}
