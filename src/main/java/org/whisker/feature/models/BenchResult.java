package org.whisker.feature.models;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.SideBySide;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.models.BenchJob.BenchPlan;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.feature.models.SpeedComparison.TurnTaking;
import org.whisker.image.Raster;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.job.Workers;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * One model's speeds.
 *
 * @param precisions bare passes, bfloat16 compared with float32
 * @param precision what evolution scored in
 * @param evolution compared with bare passes in that precision
 * @param copies the copies of the network, one a core, that score side by side in that precision,
 *     compared with one; empty where searches have none
 */
public record BenchResult(
    ModelCard card,
    PairedRates precisions,
    Precision precision,
    PairedRates evolution,
    Optional<PairedRates> copies) {
  private static final double PRECISION_SHARE = 0.3;
  private static final int PRECISION_BLOCKS = 3;

  /** Measures one model. */
  static BenchResult of(
      StoredModel model, BenchPlan plan, LongSupplier nanoTime, IntConsumer progress)
      throws IOException {
    try (TorchClassifier float32 = Classifiers.open(model, plan.settings(Precision.FLOAT32));
        TorchClassifier bfloat16 = Classifiers.open(model, plan.settings(Precision.BFLOAT16))) {
      List<Raster> pictures = SpeedComparison.pictures(float32.canvas(), plan.batch());
      try (TorchClassifier.BareForward exact = float32.bareForward(pictures);
          TorchClassifier.BareForward coarse = bfloat16.bareForward(pictures)) {
        PairedRates precisions =
            TurnTaking.measure(
                () -> exact.pass().length,
                () -> coarse.pass().length,
                PRECISION_BLOCKS,
                plan.seconds() * PRECISION_SHARE / PRECISION_BLOCKS,
                nanoTime);
        Precision faster = precisions.medianRatio() > 1 ? Precision.BFLOAT16 : Precision.FLOAT32;
        Precision precision = plan.asked().orElse(faster);
        boolean isExact = precision == Precision.FLOAT32;
        PairedRates evolution =
            SpeedComparison.measure(
                isExact ? float32 : bfloat16,
                isExact ? exact::pass : coarse::pass,
                plan.population(),
                plan.batch(),
                plan.blocks(),
                plan.blockSeconds(),
                nanoTime,
                progress);
        Optional<PairedRates> copies =
            CopiesSpeed.measure(
                model,
                plan.settings(precision),
                isExact ? float32 : bfloat16,
                pictures,
                plan.seconds(),
                nanoTime);
        return new BenchResult(model.card(), precisions, precision, evolution, copies);
      }
    }
  }

  /** All rates, for a file. */
  Map<String, Object> json(JobContext context, BenchPlan plan) {
    Map<String, Object> json =
        Provenance.manifest("bench", context, card, plan.settings(precision));
    json.put("population", plan.population());
    json.put("seconds", plan.seconds());
    json.put("forward_images_per_second", evolution.reference());
    json.put("evolution_images_per_second", evolution.compared());
    json.put("ratio_median", evolution.medianRatio());
    json.put("ratio_min", evolution.leastRatio());
    json.put("ratio_max", evolution.greatestRatio());
    json.put("float32_images_per_second", precisions.reference());
    json.put("bfloat16_images_per_second", precisions.compared());
    json.put("bfloat16_ratio_median", precisions.medianRatio());
    copies.ifPresent(
        rates -> {
          json.put("one_images_per_second", rates.reference());
          json.put("copies_images_per_second", rates.compared());
          json.put("copies_ratio_median", rates.medianRatio());
        });
    return json;
  }

  /**
   * Copies of a network that score a batch side by side, one thread in each operator, as {@code
   * evolve} has them, against one whose operators share the threads.
   */
  private static final class CopiesSpeed {
    private static final int BLOCKS = 6;

    private CopiesSpeed() {}

    /**
     * Measures both in turn, on the same pictures.
     *
     * @param one of the network, in these settings
     * @param seconds in all
     * @return empty where searches have no copies of it
     */
    static Optional<PairedRates> measure(
        StoredModel model,
        TorchClassifier.Settings settings,
        Classifier one,
        List<Raster> pictures,
        double seconds,
        LongSupplier nanoTime)
        throws IOException {
      Workers workers = Workers.of(List.of(model), settings.device());
      if (workers.count() == 1) {
        return Optional.empty();
      }
      try (SideBySide copies = Copies.open(model, settings, workers, workers.count())) {
        return Optional.of(
            TurnTaking.measure(
                () -> one.logits(pictures).length,
                () -> copies.logits(pictures).length,
                BLOCKS,
                seconds / BLOCKS / 2,
                nanoTime));
      }
    }
  }
}
