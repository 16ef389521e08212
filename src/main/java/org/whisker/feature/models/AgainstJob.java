package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.io.JsonFile;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.torch.Precision;

/**
 * Measures how fast a model scores, compared with another one of the same input size: for instance
 * a network read from ONNX with the same network as a TorchScript module. They take turns in one
 * process, in each precision that the model can be had in.
 *
 * @param model a stored model, by name or path, or a published network
 * @param against the other, likewise
 */
public record AgainstJob(String model, String against, BenchPlan plan) {
  /** Measures in float32 and, where the layers of the model are known, in bfloat16. */
  public List<AgainstResult> run(JobContext context) throws IOException {
    ModelStore store = new ModelStore(context.home().models());
    StoredModel compared = BenchModels.openAny(store, model, context.clock());
    StoredModel reference = BenchModels.openAny(store, against, context.clock());
    List<AgainstResult> results = new ArrayList<>();
    for (Precision precision : precisions(compared)) {
      results.add(AgainstResult.of(compared, reference, precision, plan, System::nanoTime));
    }
    return results;
  }

  private List<Precision> precisions(StoredModel compared) {
    return compared.card().isModule()
        ? List.of(Precision.FLOAT32)
        : plan.asked().map(List::of).orElse(List.of(Precision.FLOAT32, Precision.BFLOAT16));
  }

  /** Writes all rates as JSON. */
  public void write(Path file, List<AgainstResult> results, JobContext context) throws IOException {
    JsonFile.write(file, content(results, context));
  }

  /** All rates, and what they were measured on, by name. */
  public Map<String, Object> content(List<AgainstResult> results, JobContext context) {
    Map<String, Object> json = Provenance.manifest("bench", context);
    json.put("device", plan.device().label());
    json.put("batch", plan.batch());
    json.put("seconds", plan.seconds());
    json.put("comparisons", results.stream().map(AgainstResult::json).toList());
    return json;
  }
}
