package org.whisker.feature.models;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;

/**
 * The speed of a model against that of another one on the same pictures.
 *
 * @param precision of the model
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
              .formatted(compared.name(), compared.canvas(), reference.name(), reference.canvas()));
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
