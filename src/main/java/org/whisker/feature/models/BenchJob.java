package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.io.JsonFile;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;
import org.whisker.job.Provenance;

/**
 * Measures the speed of models: evolution against bare forward passes, and bfloat16 against
 * float32.
 *
 * @param model a stored model, by name or path, or a published network; empty: all of them
 */
public record BenchJob(Optional<String> model, BenchPlan plan) {
  /** Measures one model after the other. */
  public List<BenchResult> run(JobContext context) throws IOException {
    ModelStore store = new ModelStore(context.home().models());
    List<BenchResult> results = new ArrayList<>();
    for (String name : model.isPresent() ? List.of(model.get()) : BenchModels.all(store)) {
      StoredModel stored = BenchModels.open(store, name, context.clock());
      try (Progress progress = context.progress("measuring " + name, plan.blocks())) {
        results.add(BenchResult.of(stored, plan, System::nanoTime, progress::stepTo));
      }
    }
    return results;
  }

  /** Writes all rates as JSON. */
  public void write(Path file, List<BenchResult> results, JobContext context) throws IOException {
    JsonFile.write(file, content(results, context));
  }

  /** All rates, and what they were measured on, by name. */
  public Map<String, Object> content(List<BenchResult> results, JobContext context) {
    List<Map<String, Object>> models =
        results.stream().map(each -> each.json(context, plan)).toList();
    if (model.isPresent()) {
      return models.get(0);
    }
    Map<String, Object> all = Provenance.manifest("bench", context);
    all.put("models", models);
    return all;
  }
}
