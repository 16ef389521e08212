package org.whisker.study.evolve;

import java.util.List;
import java.util.Map;
import org.whisker.classifier.StoredModel;
import org.whisker.study.JobContext;
import org.whisker.study.Provenance;

/**
 * All that an experiment is determined by.
 *
 * @param preset what the search's options were made from
 * @param arguments the command line that asked for it, without what changes no result
 */
public record Experiment(
    StoredModel model,
    SearchScoring scoring,
    EvolvePlan plan,
    String preset,
    List<String> arguments) {
  public Experiment {
    arguments = List.copyOf(arguments);
  }

  /** What a manifest says of it; its status is to be set. */
  Map<String, Object> manifest(JobContext context) {
    Map<String, Object> manifest =
        Provenance.manifest("evolve", context, model.card(), scoring.settings());
    if (!scoring.others().isEmpty()) {
      manifest.put("devices", scoring.all().stream().map(run -> run.device().label()).toList());
    }
    if (scoring.choice().isPresent()) {
      manifest.put("precision_choice", scoring.manifest());
    }
    manifest.put("status", "");
    manifest.put("seed", plan.seed());
    manifest.put("runs", plan.runs());
    plan.time().ifPresent(t -> manifest.put("seconds_a_run", t.toNanos() / 1e9));
    plan.extras().putInto(manifest);
    manifest.put("arguments", arguments);
    manifest.put("evolution", EvolutionManifest.of(preset, plan.options()));
    return manifest;
  }
}
