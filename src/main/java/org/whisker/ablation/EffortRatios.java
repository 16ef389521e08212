package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.whisker.ablation.ArmEffects.PairedValues;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Effort of reaching the target in the centre relative to the edge, as ratios paired by seed.
 *
 * @param centre name of the arm that is held to the centre
 * @param edge name of the arm that is held to the edge
 */
public record EffortRatios(String centre, String edge)
    implements Function<FinishedArms, SupplementaryTable> {
  @Override
  public SupplementaryTable apply(FinishedArms finished) {
    ArmRuns inCentre = Objects.requireNonNull(finished.arms().get(centre));
    ArmRuns atEdge = Objects.requireNonNull(finished.arms().get(edge));
    List<EffortRow> rows = new ArrayList<>();
    for (Measure measure : List.of(Measure.EVALUATIONS, Measure.PIXELS)) {
      PairedValues pairs =
          PairedValues.of(
              ArmContrast.pair(centre, edge, measure, Prediction.RISES),
              measure,
              Map.of(centre, inCentre, edge, atEdge));
      if (pairs.differences().size() > 1) {
        rows.add(row(measure, pairs, finished.setting()));
      }
    }
    return SupplementaryTable.of(EffortRow.TABLE, rows);
  }

  private static EffortRow row(Measure measure, PairedValues pairs, AblationSetting setting) {
    double[] centre = logs(pairs.arm(0));
    double[] edge = logs(pairs.arm(1));
    double[] ratios = new double[centre.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = centre[i] - edge[i];
    }
    Interval interval =
        Bootstrap.standard()
            .mean(ratios, SplitMix64.stream(setting.seed(), "ablate price " + measure.label(), 0));
    return new EffortRow(
        measure.label(),
        Math.exp(mean(centre)),
        Math.exp(mean(edge)),
        Math.exp(mean(ratios)),
        Math.exp(interval.low()),
        Math.exp(interval.high()),
        ratios.length,
        measure == Measure.EVALUATIONS
            ? "a run that did not reach the target counts with all its evaluations"
            : "of the final images, whatever their p(target); white counts as 1");
  }

  private static double[] logs(double[] values) {
    return DoubleStream.of(values).map(v -> Math.log(Math.max(1, v))).toArray();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  /**
   * A row of {@value #FILE}: the effort of reaching the same result with pixels confined to the
   * centre and to the edge.
   */
  public record EffortRow(
      @Column(meaning = "such as the number of images scored until p(target) reached the target")
          String quantity,
      @Column(meaning = "geometric mean over runs confined to the centre") double centre,
      @Column(meaning = "geometric mean over runs confined to the edge") double edge,
      @Column(meaning = "centre divided by edge, paired by seed") double ratio,
      double ciLow,
      double ciHigh,
      @Column(meaning = "number of pairs (seeds)") int seeds,
      @Column(meaning = "how failed runs are counted") String note) {
    public static final String FILE = "price-ratio.csv";
    public static final Table<EffortRow> TABLE = Table.of(EffortRow.class, FILE);
  }
}
