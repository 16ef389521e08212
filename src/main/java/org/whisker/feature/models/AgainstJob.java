package org.whisker.feature.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.models.BenchJob.BenchModels;
import org.whisker.feature.models.BenchJob.BenchPlan;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.feature.models.SpeedComparison.TurnTaking;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.torch.Classifiers;
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
    return compared.card().isModule() ? List.of(Precision.FLOAT32) : plan.precisions();
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

  /**
   * The speed of a model against that of another one on the same pictures.
   *
   * @param precision the precision of the model
   * @param other precision of the other one, float32 where its layers are not known
   * @param rates images a second, the model compared with the other one
   * @param difference the greatest difference of their logits over the pictures
   */
  public record AgainstResult(
      String model,
      String against,
      Precision precision,
      Precision other,
      PairedRates rates,
      double difference) {

    /**
     * Measures in one precision.
     *
     * @throws InvalidRequestException when the models take pictures of different sizes
     */
    static AgainstResult of(
        StoredModel model,
        StoredModel against,
        Precision precision,
        BenchPlan plan,
        LongSupplier nanoTime)
        throws IOException {
      Precision other = against.card().isModule() ? Precision.FLOAT32 : precision;
      try (Classifier compared = Classifiers.openAny(model, plan.settings(precision));
          Classifier reference = Classifiers.openAny(against, plan.settings(other))) {
        InvalidRequestException.refuse(
            !compared.canvas().equals(reference.canvas()),
            "%s takes %s pictures and %s %s; name two models of one size"
                .formatted(
                    compared.name(), compared.canvas(), reference.name(), reference.canvas()));
        List<Raster> pictures = SpeedComparison.pictures(compared.canvas(), plan.batch());
        return new AgainstResult(
            model.card().name(),
            against.card().name(),
            precision,
            other,
            TurnTaking.measure(
                () -> reference.logits(pictures).length,
                () -> compared.logits(pictures).length,
                plan.blocks(),
                plan.blockSeconds(),
                nanoTime),
            difference(compared.logits(pictures), reference.logits(pictures)));
      }
    }

    private static double difference(float[] some, float[] others) {
      double greatest = 0;
      for (int i = 0; i < some.length; i++) {
        greatest = Math.max(greatest, Math.abs((double) some[i] - others[i]));
      }
      return greatest;
    }

    /** All rates, for a file. */
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("model", model);
      json.put("against", against);
      json.put("precision", precision.label());
      json.put("against_precision", other.label());
      json.put("images_per_second", rates.compared());
      json.put("against_images_per_second", rates.reference());
      json.put("ratio_median", rates.medianRatio());
      json.put("logits_differ_by", difference);
      return json;
    }
  }
}
