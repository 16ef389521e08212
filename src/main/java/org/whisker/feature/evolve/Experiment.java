package org.whisker.feature.evolve;

import java.util.List;
import java.util.Map;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.image.Canvas;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.job.ScoringConfig.SearchScoring;
import org.whisker.job.SearchPrecision;
import org.whisker.job.Workers;

/**
 * All that an experiment is determined by.
 *
 * @param model the one that the configuration names
 * @param scoring what its scoring was settled to
 * @param workers who score on a device
 */
record Experiment(EvolveConfig config, StoredModel model, SearchScoring scoring, Workers workers) {
  EvolvePlan plan() {
    return config.plan();
  }

  Canvas canvas() {
    return canvas(model);
  }

  /** That of the pictures which a model takes. */
  static Canvas canvas(StoredModel model) {
    return new Canvas(model.card().input().width(), model.card().input().height());
  }

  /** What a manifest says of it; its status is to be set. */
  Map<String, Object> manifest(JobContext context) {
    Map<String, Object> manifest =
        Provenance.manifest(EvolveJob.COMMAND, context, model.card(), scoring.settings());
    if (!scoring.others().isEmpty()) {
      manifest.put("devices", scoring.all().stream().map(run -> run.device().label()).toList());
    }
    if (workers.areSmall()) {
      manifest.put(Workers.OPERATOR_THREADS, workers.operatorThreads());
    }
    scoring.choice().ifPresent(it -> manifest.put(SearchPrecision.CHOICE, it.manifest()));
    config.scoring().padding().ifPresent(padding -> manifest.put("padding", padding.label()));
    manifest.put("status", "");
    manifest.put("seed", plan().seed());
    manifest.put("runs", plan().runs());
    manifest.put(PixelRow.DELTA, "with - without");
    plan().time().ifPresent(t -> manifest.put("seconds_a_run", t.toNanos() / 1e9));
    plan().extras().putInto(manifest);
    manifest.put("arguments", List.of()); // its place; the folder's are put there
    manifest.put("evolution", EvolutionManifest.of(config.preset(), plan().options()));
    return manifest;
  }
}
