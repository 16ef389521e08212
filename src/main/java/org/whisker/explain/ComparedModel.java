package org.whisker.explain;

import java.util.Optional;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Observation;

/**
 * The data of one model in a comparison of models.
 *
 * @param control its control runs, from the same seeds as those of the other models
 * @param foveation correlation of its pixels with path counts; empty if its layers are not known
 */
public record ComparedModel(
    ModelFacts facts, ArmRuns control, ModelMaps maps, Optional<Observation> foveation) {
  public String name() {
    return facts.summary().name();
  }
}
