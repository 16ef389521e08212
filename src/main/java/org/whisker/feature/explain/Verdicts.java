package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.result.OmissionTables.SkippedRow;
import org.whisker.explain.Finding;
import org.whisker.explain.HypothesisTests;
import org.whisker.feature.ablate.AblateJob;

/**
 * The verdicts of experiments, as tables hold them.
 *
 * @param otherwise why an experiment was not done that no model was refused for
 */
public record Verdicts(AblateJob experiments, HypothesisTests.Reasons otherwise) {
  /** Of those that are corrected for each other with a level of 5 %. */
  public void write(List<AblationResult> results, List<String> models, Path folder)
      throws IOException {
    List<Finding> rows = new HypothesisTests(Finding.ALPHA, this::reason).of(results, models);
    Finding.TABLE.write(folder.resolve(Finding.FILE), rows);
  }

  /** Why an experiment was not done on a model. */
  String reason(String experiment, String model) {
    return experiments.skipped().stream()
        .filter(s -> s.experiment().equals(experiment) && s.model().equals(model))
        .map(SkippedRow::reason)
        .findFirst()
        .orElseGet(() -> otherwise.of(experiment, model));
  }
}
