package org.whisker.feature.ablate;

import java.nio.file.Path;
import java.util.List;
import org.whisker.ablation.AblationResult;

/**
 * What ablations came to.
 *
 * @param folder with all tables
 * @param done whether they were not stopped
 * @param job what was done, and what was left out
 * @param results the results of all experiments, model by model; empty when they were stopped
 */
public record AblateResult(Path folder, boolean done, AblateJob job, List<AblationResult> results) {
  public AblateResult {
    results = List.copyOf(results);
  }
}
