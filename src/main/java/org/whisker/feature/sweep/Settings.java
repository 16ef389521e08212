package org.whisker.feature.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.feature.sweep.SweepFolder.SweepGroup;
import org.whisker.random.SplitMix64;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.ShareInterval;

/** The runs of searches by setting, in little memory: there may be a million. */
final class Settings {
  private static final double HALF = 0.5;
  private static final double LEVEL = 0.95;

  /**
   * Interval of a share by few resamples: there may be a hundred thousand settings, of which each
   * has two intervals.
   */
  private static final BoundedInterval INTERVAL = new BoundedInterval(0, 1, LEVEL, 1_999);

  private final Map<String, Runs> byGroup = new HashMap<>();

  private record Run(double catProbability, double edgeIndex, int pixels, int evaluations) {
    boolean isCat() {
      return catProbability >= HALF;
    }
  }

  private static final class Runs {
    private final String model;
    private final List<Run> ended = new ArrayList<>();
    private int failed;

    Runs(String model) {
      this.model = model;
    }
  }

  /** Takes a run that is done. */
  void add(SweepTask task, RunSummary summary) {
    Runs runs = byGroup.computeIfAbsent(task.group(), group -> new Runs(task.model()));
    summary
        .numbers()
        .ifPresentOrElse(
            n ->
                runs.ended.add(
                    new Run(
                        n.catProbability(),
                        n.edgeIndex().orElse(Double.NaN),
                        n.blackPixels(),
                        Math.toIntExact(n.evaluations()))),
            () -> runs.failed++);
  }

  /** The rows in the order of the plan. */
  List<SettingRow> rows(List<SweepGroup> groups) {
    List<SettingRow> rows = new ArrayList<>();
    for (SweepGroup group : groups) {
      Runs runs = byGroup.get(group.name());
      if (runs != null) {
        rows.add(row(group.name(), runs));
      }
    }
    return rows;
  }

  private static SettingRow row(String group, Runs runs) {
    List<Run> ended = runs.ended;
    List<Run> cats = ended.stream().filter(Run::isCat).toList();
    Share share = Share.of(cats.size(), ended.size());
    Share probability =
        Share.mean(ended.stream().mapToDouble(Run::catProbability).toArray(), group + " p");
    double[] edges = cats.stream().mapToDouble(Run::edgeIndex).filter(Double::isFinite).toArray();
    Share edge = 2 * edges.length < ended.size() ? Share.NONE : Share.mean(edges, group + " E");
    return new SettingRow(
        group,
        runs.model,
        ended.size(),
        runs.failed,
        cats.size(),
        share.value,
        share.low,
        share.high,
        probability.value,
        probability.low,
        probability.high,
        edge.value,
        edge.low,
        edge.high,
        ended.stream().mapToDouble(Run::pixels).average(),
        ended.stream().mapToDouble(Run::evaluations).average());
  }

  /** A number of 0 to 1 with its interval, or nothing. */
  private record Share(OptionalDouble value, OptionalDouble low, OptionalDouble high) {
    static final Share NONE =
        new Share(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    private static Share of(double value, Interval interval) {
      return new Share(
          OptionalDouble.of(value),
          OptionalDouble.of(interval.low()),
          OptionalDouble.of(interval.high()));
    }

    static Share of(int some, int all) {
      return all == 0 ? NONE : of((double) some / all, ShareInterval.of(some, all, LEVEL));
    }

    static Share mean(double[] values, String stream) {
      if (values.length == 0) {
        return NONE;
      }
      double mean = 0;
      for (double value : values) {
        mean += value / values.length;
      }
      return of(mean, INTERVAL.mean(values, SplitMix64.stream(1, "setting " + stream, 0)));
    }
  }
}
