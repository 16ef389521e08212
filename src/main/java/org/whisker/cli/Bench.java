package org.whisker.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Raster;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * One model's speeds.
 *
 * @param precisions bare passes, bfloat16 compared with float32
 * @param precision what evolution scored in
 * @param evolution compared with bare passes in that precision
 */
record Bench(ModelCard card, Rates precisions, Precision precision, Rates evolution) {
  private static final double PRECISION_SHARE = 0.3;
  private static final int PRECISION_BLOCKS = 3;

  /** Measures one model. */
  static Bench of(StoredModel model, BenchPlan plan, LongSupplier nanoTime, IntConsumer progress)
      throws IOException {
    try (TorchClassifier float32 = Classifiers.open(model, plan.settings(Precision.FLOAT32));
        TorchClassifier bfloat16 = Classifiers.open(model, plan.settings(Precision.BFLOAT16))) {
      List<Raster> pictures = SpeedComparison.pictures(float32.canvas(), plan.batch());
      try (TorchClassifier.BareForward exact = float32.bareForward(pictures);
          TorchClassifier.BareForward coarse = bfloat16.bareForward(pictures)) {
        Rates precisions =
            PrecisionComparison.measure(
                exact,
                coarse,
                PRECISION_BLOCKS,
                plan.seconds() * PRECISION_SHARE / PRECISION_BLOCKS,
                nanoTime);
        Precision faster = precisions.medianRatio() > 1 ? Precision.BFLOAT16 : Precision.FLOAT32;
        Precision precision = plan.asked().orElse(faster);
        boolean isExact = precision == Precision.FLOAT32;
        Rates evolution =
            SpeedComparison.measure(
                isExact ? float32 : bfloat16,
                isExact ? exact::pass : coarse::pass,
                plan.population(),
                plan.batch(),
                plan.blocks(),
                plan.blockSeconds(),
                nanoTime,
                progress);
        return new Bench(model.card(), precisions, precision, evolution);
      }
    }
  }

  /** A row a model. */
  static String table(List<Bench> all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "MODEL",
            "FLOAT32 img/s",
            "BFLOAT16 img/s",
            "BFLOAT16 / FLOAT32",
            "EVOLUTION IN",
            "BARE img/s",
            "EVOLUTION img/s",
            "EVOLUTION / BARE"));
    all.forEach(each -> rows.add(each.row()));
    return TextTable.of(rows);
  }

  private List<String> row() {
    return List.of(
        card.name(),
        rate(precisions.reference()),
        rate(precisions.compared()),
        ratio(precisions),
        RunningOptions.label(precision),
        rate(evolution.reference()),
        rate(evolution.compared()),
        ratio(evolution));
  }

  private static String rate(List<Double> rates) {
    return String.format(Locale.ROOT, "%.1f", Rates.median(rates));
  }

  private static String ratio(Rates rates) {
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f to %.3f, %d pairs)",
        rates.medianRatio(),
        rates.leastRatio(),
        rates.greatestRatio(),
        rates.ratios().size());
  }

  /** All rates. */
  Map<String, Object> json(Environment environment, BenchPlan plan) {
    Map<String, Object> json =
        Provenance.manifest("bench", environment, card, plan.settings(precision));
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
    return json;
  }
}
