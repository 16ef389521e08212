package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.PixelRefund;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeBin;
import org.whisker.image.EdgeBins;
import org.whisker.position.PixelContributions;
import org.whisker.position.ProbeMap;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;

/**
 * Effects of black pixels by edge rank: a single one on white, and each one of an evolved image.
 */
final class RingContributions {
  private RingContributions() {}

  static SupplementaryTable of(Ablation.Finished finished) {
    AblationSetting setting = finished.setting();
    List<BlackPixels> images =
        Objects.requireNonNull(finished.arms().get(SafeHarbour.CONTROL)).images();
    ProbeMap probe = finished.model().probe(finished.batch(), done -> {}, finished.stopped());
    try (Classifier network = finished.model().open(new ModelVariant.AsStored())) {
      List<PixelContributions> each =
          PixelContributions.measure(
                  network,
                  images,
                  setting.base().tones(),
                  finished.batch(),
                  done -> {},
                  finished.stopped())
              .orElseThrow(() -> new CancellationException("stopped while leaving pixels out"));
      PixelRefund refund =
          PixelRefund.of(probe, LogitSource.of(network, finished.batch()), setting.seed());
      return new SupplementaryTable.Rings(setting.lambda(), rows(probe, each, refund, setting));
    }
  }

  private static List<SupplementaryTable.Rings.Ring> rows(
      ProbeMap probe,
      List<PixelContributions> images,
      PixelRefund refund,
      AblationSetting setting) {
    double[] delta = probe.delta().values();
    EdgeBins bins = EdgeBins.of(setting.canvas());
    double[] alone = bins.means(i -> delta[i]);
    double[] neutral = bins.means(i -> Math.abs(delta[i]) < setting.lambda() ? 1 : 0);
    double[] taken = bins.means(i -> refund.of(BlackPixels.of(setting.canvas(), i)));
    List<SupplementaryTable.Rings.Ring> rows = new ArrayList<>();
    for (int bin = 0; bin < alone.length; bin++) {
      rows.add(
          row(bins, bin, alone[bin], neutral[bin], taken[bin], perRun(images, bins, bin), setting));
    }
    return rows;
  }

  /** The effects of the black pixels of a bin, for each run. */
  private static List<double[]> perRun(List<PixelContributions> images, EdgeBins bins, int bin) {
    List<double[]> runs = new ArrayList<>();
    for (PixelContributions image : images) {
      DoubleStream.Builder inside = DoubleStream.builder();
      for (int i = 0; i < image.image().count(); i++) {
        if (bins.binOf(image.image().get(i)) == bin) {
          inside.add(image.get(i));
        }
      }
      runs.add(inside.build().toArray());
    }
    return runs;
  }

  private static SupplementaryTable.Rings.Ring row(
      EdgeBins bins,
      int bin,
      double alone,
      double neutralAlone,
      double penalty,
      List<double[]> runs,
      AblationSetting setting) {
    EdgeBin where = bins.bins().get(bin);
    List<double[]> some = runs.stream().filter(run -> run.length > 0).toList();
    double[] means =
        some.stream().mapToDouble(run -> DoubleStream.of(run).average().orElseThrow()).toArray();
    Interval interval =
        means.length > 1
            ? Bootstrap.standard()
                .mean(means, SplitMix64.stream(setting.seed(), "ablate rings", bin))
            : null;
    double lambda = setting.lambda();
    return new SupplementaryTable.Rings.Ring(
        where,
        alone,
        neutralAlone,
        penalty,
        runs.stream().mapToInt(run -> run.length).average().orElse(0),
        some.size(),
        DoubleStream.of(means).average(),
        interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.low()),
        interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.high()),
        share(some, c -> c < 0),
        share(some, c -> Math.abs(c) < lambda));
  }

  /** The share of such pixels, averaged over runs. */
  private static OptionalDouble share(List<double[]> runs, DoublePredicate which) {
    return runs.stream()
        .mapToDouble(run -> (double) DoubleStream.of(run).filter(which).count() / run.length)
        .average();
  }
}
