package org.whisker.chart.population;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.XyPlot;
import org.whisker.table.population.ClimbLevelRow;
import org.whisker.table.population.ClimbMeanRow;
import org.whisker.table.population.NetworkProfileRow;

/** A gray line per network, and what is shown over them. */
final class NetworkLines {
  private static final Color ONE = Ink.faint(Ink.MUTED, 90);

  private NetworkLines() {}

  /** E at equal p(cat), at the levels that at least half of a network's runs reached. */
  static Optional<Drawing> climb(
      String architecture, List<ClimbLevelRow> networks, List<ClimbMeanRow> means) {
    Map<String, List<ClimbLevelRow>> by = new LinkedHashMap<>();
    networks.stream()
        .filter(row -> row.edgeIndex().isPresent() && 2 * row.reached() >= row.runs())
        .forEach(row -> by.computeIfAbsent(row.network(), n -> new ArrayList<>()).add(row));
    if (by.isEmpty()) {
      return Optional.empty();
    }
    XyPlot plot =
        new XyPlot(architecture + ": E at equal p(cat)", "p(cat) of the image", "edge index E");
    by.forEach(
        (name, rows) ->
            plot.line(
                new Line(
                    name,
                    rows.stream().mapToDouble(ClimbLevelRow::catProbability).toArray(),
                    rows.stream().mapToDouble(r -> r.edgeIndex().orElseThrow()).toArray()),
                ONE,
                false));
    mean(means).ifPresent(line -> plot.line(line, Ink.series(0), false));
    plot.rule(0, 1, 0.5);
    plot.xRange(0, 1);
    plot.yRange(0, 1);
    plot.hideLegend();
    return Optional.of(
        new Captioned(
            plot,
            List.of(
                "gray: networks, where at least half of their runs came so far;",
                "blue: mean over networks with 95 % interval, where at least half of them did;",
                "dashed: chance")));
  }

  /** Beyond the levels that half of the networks reached, it would be of other networks. */
  private static Optional<Line> mean(List<ClimbMeanRow> means) {
    List<ClimbMeanRow> known =
        means.stream()
            .filter(row -> row.edgeIndex().isPresent() && 2 * row.reached() >= row.networks())
            .toList();
    if (known.size() < 2) {
      return Optional.empty();
    }
    double[] mean = known.stream().mapToDouble(r -> r.edgeIndex().orElseThrow()).toArray();
    double[] low = new double[mean.length];
    double[] high = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      low[i] = Math.min(mean[i], known.get(i).ciLow().orElse(mean[i]));
      high[i] = Math.max(mean[i], known.get(i).ciHigh().orElse(mean[i]));
    }
    return Optional.of(
        new Line(
            "mean over networks",
            known.stream().mapToDouble(ClimbMeanRow::catProbability).toArray(),
            mean,
            new Band(low, high)));
  }

  /** What one black pixel does, from the border inwards. */
  static Optional<Drawing> profiles(String architecture, List<NetworkProfileRow> profiles) {
    if (profiles.isEmpty()) {
      return Optional.empty();
    }
    XyPlot plot =
        new XyPlot(
            architecture + ": what one black pixel does on white",
            "edge rank u (0 border, 1 centre)",
            "mean Δlogit of not-cat (logit)");
    Map<String, List<NetworkProfileRow>> by = new LinkedHashMap<>();
    profiles.forEach(row -> by.computeIfAbsent(row.network(), n -> new ArrayList<>()).add(row));
    by.forEach(
        (name, rows) ->
            plot.line(
                new Line(
                    name,
                    rows.stream().mapToDouble(NetworkProfileRow::edgeRank).toArray(),
                    rows.stream().mapToDouble(NetworkProfileRow::meanDeltaLogit).toArray()),
                ONE,
                false));
    plot.rule(0, 1, 0);
    plot.xRange(0, 1);
    plot.hideLegend();
    return Optional.of(
        new Captioned(
            plot,
            List.of("a line per network; below 0 towards cat; dashed: a pixel without effect")));
  }
}
