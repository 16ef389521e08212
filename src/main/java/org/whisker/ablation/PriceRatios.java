package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;

/** Cost of reaching the target in the centre relative to the edge, as ratios paired by seed. */
final class PriceRatios {
  private PriceRatios() {}

  static SupplementaryTable of(Ablation.Finished finished) {
    ArmRuns centre = Objects.requireNonNull(finished.arms().get(Regions.CENTRE_ONLY));
    ArmRuns edge = Objects.requireNonNull(finished.arms().get(Regions.EDGE_ONLY));
    List<SupplementaryTable.PriceRatios.Price> rows = new ArrayList<>();
    for (Measure measure : List.of(Measure.EVALUATIONS, Measure.PIXELS)) {
      PairedValues pairs =
          PairedValues.of(
              ArmContrast.pair(
                  Regions.CENTRE_ONLY, Regions.EDGE_ONLY, measure, ArmContrast.Prediction.RISES),
              measure,
              Map.of(Regions.CENTRE_ONLY, centre, Regions.EDGE_ONLY, edge));
      if (pairs.differences().size() > 1) {
        rows.add(row(measure, pairs, finished.setting()));
      }
    }
    return new SupplementaryTable.PriceRatios(rows);
  }

  private static SupplementaryTable.PriceRatios.Price row(
      Measure measure, PairedValues pairs, AblationSetting setting) {
    double[] centre = logs(pairs.arm(0));
    double[] edge = logs(pairs.arm(1));
    double[] ratios = new double[centre.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = centre[i] - edge[i];
    }
    Interval interval =
        Bootstrap.standard()
            .mean(ratios, SplitMix64.stream(setting.seed(), "ablate price " + measure.label(), 0));
    return new SupplementaryTable.PriceRatios.Price(
        measure.label(),
        Math.exp(mean(centre)),
        Math.exp(mean(edge)),
        Math.exp(mean(ratios)),
        Math.exp(interval.low()),
        Math.exp(interval.high()),
        ratios.length,
        measure == Measure.EVALUATIONS
            ? "a run that did not reach the target counts with all its evaluations"
            : "of the final images, whatever their p(cat); white counts as 1");
  }

  private static double[] logs(double[] values) {
    return DoubleStream.of(values).map(v -> Math.log(Math.max(1, v))).toArray();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }
}
