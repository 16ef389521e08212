package org.whisker.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.whisker.explain.Budget;
import org.whisker.report.AblationSummaryFiles.Skipped;

/**
 * What {@code explain} is to do.
 *
 * @param experiments of the budget, those left out that a model can't take
 */
record ExplainJob(Budget budget, List<StoredAblatedModel> models, AblateJob experiments) {
  static final double ALPHA = 0.05;

  List<String> names() {
    return models.stream().map(StoredAblatedModel::name).toList();
  }

  /** Why an experiment was not done on a model. */
  String reason(String experiment, String model) {
    return experiments.skipped().stream()
        .filter(s -> s.experiment().equals(experiment) && s.model().equals(model))
        .map(Skipped::why)
        .findFirst()
        .orElseGet(() -> otherwise(experiment, model));
  }

  private String otherwise(String experiment, String model) {
    Set<String> untrained =
        Budget.FULL.experiments().stream().map(a -> a.id()).collect(Collectors.toSet());
    return untrained.contains(experiment)
        ? "not in the " + budget.label() + " budget; --budget standard tests it"
        : "it needs photos to train on: whisker ablate %s --model %s --data DIR"
            .formatted(experiment, model);
  }

  /** What a manifest says of it. */
  void putInto(Map<String, Object> manifest) {
    Map<String, String> hashes = new LinkedHashMap<>();
    models.forEach(m -> hashes.put(m.name(), m.stored().card().weights().sha256()));
    manifest.put("models", hashes);
    manifest.put("budget", budget.label());
    manifest.put("alpha", ALPHA);
    Set<Long> evaluations = new TreeSet<>();
    experiments
        .tasks()
        .forEach(t -> evaluations.add(t.setting().base().stop().evaluations().orElseThrow()));
    manifest.put("evaluations", evaluations.iterator().next());
    experiments.putInto(manifest, "quick");
  }
}
