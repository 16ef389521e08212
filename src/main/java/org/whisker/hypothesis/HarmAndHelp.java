package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.position.PixelContributions;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate.Interval;

/**
 * Interactions: the black pixels of evolved images that harm alone (Δlogit of not-cat above 0 on
 * white) and help in the image (without them, the logit rises). Their effect in the image is one of
 * the pattern, so a penalty of single pixels does not account for it.
 */
final class HarmAndHelp {
  private final double[] alone;
  private final EdgeBins bins;
  private final AblationSetting setting;
  private final List<PixelContributions> images;

  private HarmAndHelp(double[] alone, AblationSetting setting, List<PixelContributions> images) {
    this.alone = alone;
    this.bins = EdgeBins.of(setting.canvas());
    this.setting = setting;
    this.images = images;
  }

  static SupplementaryTable of(Ablation.Finished finished) {
    ArmRuns control = Objects.requireNonNull(finished.arms().get(SafeHarbour.CONTROL));
    boolean cats = control.runs().stream().anyMatch(ArmRun::succeeded);
    List<BlackPixels> images =
        control.runs().stream()
            .filter(run -> run.succeeded() || !cats)
            .flatMap(run -> run.outcome().stream())
            .map(ArmRun.Outcome::image)
            .filter(image -> image.count() > 0)
            .toList();
    double[] alone =
        finished.model().probe(finished.batch(), done -> {}, finished.stopped()).resolved();
    try (Classifier network = finished.model().open(new ModelVariant.AsStored())) {
      List<PixelContributions> each =
          PixelContributions.measure(
                  network,
                  images,
                  finished.setting().base().tones(),
                  finished.batch(),
                  done -> {},
                  finished.stopped())
              .orElseThrow(() -> new CancellationException("stopped while leaving pixels out"));
      return new SupplementaryTable.HarmAndHelp(
          cats, new HarmAndHelp(alone, finished.setting(), each).rows());
    }
  }

  /** All places, then bin by bin. */
  private List<SupplementaryTable.HarmAndHelp.Where> rows() {
    List<SupplementaryTable.HarmAndHelp.Where> rows = new ArrayList<>();
    List<EdgeBin> each = bins.bins();
    EdgeBin whole =
        new EdgeBin(
            0,
            1,
            0,
            each.get(each.size() - 1).farthest(),
            each.stream().mapToInt(EdgeBin::pixels).sum());
    rows.add(row(whole, pixel -> true));
    for (int bin = 0; bin < each.size(); bin++) {
      int number = bin;
      rows.add(row(each.get(bin), pixel -> bins.binOf(pixel) == number));
    }
    return rows;
  }

  private SupplementaryTable.HarmAndHelp.Where row(EdgeBin where, IntPredicate inside) {
    List<Double> shares = new ArrayList<>();
    List<Double> harm = new ArrayList<>();
    List<Double> help = new ArrayList<>();
    for (PixelContributions image : images) {
      int[] there = places(image, i -> inside.test(image.image().get(i)));
      int[] both = places(image, i -> inside.test(image.image().get(i)) && isBoth(image, i));
      if (there.length > 0) {
        shares.add((double) both.length / there.length);
      }
      if (both.length > 0) {
        harm.add(mean(both, i -> alone[image.image().get(i)]));
        help.add(mean(both, image::get));
      }
    }
    double[] values = shares.stream().mapToDouble(Double::doubleValue).toArray();
    @Nullable Interval interval =
        values.length < 2
            ? null
            : Bootstrap.standard()
                .mean(
                    values,
                    SplitMix64.stream(setting.seed(), "ablate harm and help", where.nearest()));
    return new SupplementaryTable.HarmAndHelp.Where(
        where,
        values.length,
        DoubleStream.of(values).average(),
        interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.low()),
        interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.high()),
        harm.stream().mapToDouble(Double::doubleValue).average(),
        help.stream().mapToDouble(Double::doubleValue).average());
  }

  private boolean isBoth(PixelContributions image, int i) {
    return alone[image.image().get(i)] > 0 && image.get(i) < 0;
  }

  private static int[] places(PixelContributions image, IntPredicate which) {
    return IntStream.range(0, image.image().count()).filter(which).toArray();
  }

  private static double mean(int[] some, java.util.function.IntToDoubleFunction value) {
    return IntStream.of(some).mapToDouble(value).average().orElseThrow();
  }
}
