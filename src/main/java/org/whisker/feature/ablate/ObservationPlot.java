package org.whisker.feature.ablate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.result.ExperimentObservations;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.chart.kit.Composed;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Keys;
import org.whisker.chart.kit.lane.LaneRow;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.io.Decimals;

/**
 * Observations of evolved images, as bars of the intervals: a separate axis for each statistic,
 * since their units differ; one row per observation and one bar per model. Observations without an
 * interval have a nonzero null value that differs between rows, and are given as numbers.
 *
 * @param observed observations by statistic, in the order of their first rows
 * @param models in the order of their colours
 */
record ObservationPlot(Map<String, List<Bar>> observed, List<String> models) implements Composed {
  private static final double ROOM = 0.05;
  private static final String TITLE =
      "What the evolved images show (each statistic on its own axis)";

  /** An observation on a model. */
  record Bar(String experiment, int model, ObservationRow row) {
    private boolean hasInterval() {
      return row.ciLow().isPresent();
    }

    private String label() {
      return experiment + ": " + row.observed() + " \u2212 " + row.against();
    }

    private LaneRow.Lane lane() {
      return hasInterval()
          ? EffectLanes.interval(
              row.effect(), row.ciLow(), row.ciHigh(), row.pHolm(), row.shownVerdict(), model)
          : EffectLanes.words(numbers(), row.shownVerdict(), model);
    }

    private String numbers() {
      return "%s (p %s, corrected)"
          .formatted(Decimals.fixed(row.effect(), 3), Decimals.probability(row.pHolm().orElse(1)));
    }
  }

  /** The plot of all observations with enough runs; empty when there are none. */
  static Optional<ObservationPlot> of(List<ExperimentObservations> experiments) {
    List<String> models =
        experiments.stream().map(ExperimentObservations::model).distinct().toList();
    Map<String, List<Bar>> observed = new LinkedHashMap<>();
    for (ExperimentObservations experiment : experiments) {
      int model = models.indexOf(experiment.model());
      for (ObservationRow row : experiment.rows()) {
        if (row.pValue().isPresent()) {
          observed
              .computeIfAbsent(row.statistic(), statistic -> new ArrayList<>())
              .add(new Bar(experiment.experiment(), model, row));
        }
      }
    }
    return observed.isEmpty()
        ? Optional.empty()
        : Optional.of(new ObservationPlot(observed, models));
  }

  /** The axis of each statistic that has intervals. */
  Map<String, ValueAxis> axes() {
    Map<String, ValueAxis> axes = new LinkedHashMap<>();
    observed.forEach(
        (statistic, bars) -> {
          if (bars.stream().anyMatch(Bar::hasInterval)) {
            axes.put(statistic, axis(bars));
          }
        });
    return axes;
  }

  /** From the lowest to the highest value, including the null value and its margin. */
  private static ValueAxis axis(List<Bar> bars) {
    double margin = bars.stream().mapToDouble(bar -> bar.row.margin().orElse(0)).max().orElse(0);
    double low = -margin;
    double high = margin;
    for (Bar bar : bars) {
      low = Math.min(low, bar.row.ciLow().orElse(low));
      high = Math.max(high, bar.row.ciHigh().orElse(high));
    }
    double room = Math.max(ROOM * (high - low), 1e-9);
    return ValueAxis.linear("", low - room, high + room).withReference(0, margin);
  }

  @Override
  public Drawing drawing() {
    Map<String, ValueAxis> axes = axes();
    List<Lanes.Block> blocks = new ArrayList<>();
    observed.forEach((statistic, bars) -> blocks.add(block(statistic, bars, axes.get(statistic))));
    List<Keys.Key> keys = models.size() > 1 ? Keys.ofSeries(models) : List.of();
    return new Lanes(TITLE, keys, blocks, List.of(EffectLanes.LEGEND));
  }

  private static Lanes.Block block(String statistic, List<Bar> bars, @Nullable ValueAxis axis) {
    Map<String, List<LaneRow.Lane>> lanes = new LinkedHashMap<>();
    for (Bar bar : bars) {
      lanes.computeIfAbsent(bar.label(), label -> new ArrayList<>()).add(bar.lane());
    }
    return new Lanes.Block(axis, List.of(new Lanes.Group(statistic, EffectPlot.rows(lanes))));
  }
}
