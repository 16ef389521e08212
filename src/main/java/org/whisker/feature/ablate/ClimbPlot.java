package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;

/**
 * E against p(target) over the course of evolution: one line per run, or one per arm with the mean
 * and its interval.
 */
public final class ClimbPlot {
  /** Most bands of a plot: more of them would cover each other. */
  private static final int MOST_BANDS = 3;

  private static final int GAP = 16;

  private static final String X = "p(target) of the best image";
  private static final String Y = "edge index E (½ is chance)";

  private ClimbPlot() {}

  /**
   * One line per arm, with its 95 % band where there are few, at the levels that at least half of
   * its runs reached: beyond these, the mean would be over a different set of runs.
   *
   * @return empty when no arm has two such levels
   */
  public static Optional<Drawing> arms(String title, List<EdgeAtConfidence> rows) {
    Map<String, List<EdgeAtConfidence>> byArm = new LinkedHashMap<>();
    rows.stream()
        .filter(r -> r.edgeIndex().isPresent() && 2 * r.reached() >= r.runs())
        .forEach(r -> byArm.computeIfAbsent(r.arm(), a -> new ArrayList<>()).add(r));
    List<Line> lines = new ArrayList<>();
    byArm.forEach(
        (arm, levels) -> {
          if (levels.size() > 1) {
            lines.add(line(arm, levels));
          }
        });
    return lines.isEmpty() ? Optional.empty() : Optional.of(plot(title, lines));
  }

  private static Drawing plot(String title, List<Line> lines) {
    if (lines.size() <= MOST_BANDS) {
      return Charts.shares(title, X, Y, lines);
    }
    List<Line> bare = lines.stream().map(ClimbPlot::bare).toList();
    return bare.size() <= XyPlot.MOST_NAMED
        ? Charts.shares(title, X, Y, bare)
        : panels(title, bare);
  }

  /** Panels whose arms can be named, each with the first arm, the control, on the same axes. */
  private static Drawing panels(String title, List<Line> lines) {
    double from = x(lines).min().orElseThrow();
    double to = x(lines).max().orElseThrow();
    List<Drawing> panels = new ArrayList<>();
    for (int next = 1; next < lines.size(); next += XyPlot.MOST_NAMED - 1) {
      List<Line> shown = new ArrayList<>(List.of(lines.get(0)));
      shown.addAll(lines.subList(next, Math.min(lines.size(), next + XyPlot.MOST_NAMED - 1)));
      String name = next == 1 ? title : "and of further arms";
      panels.add(Charts.shares(name, X, Y, shown, from, to));
    }
    return Row.lines(2, GAP, GAP, panels);
  }

  private static DoubleStream x(List<Line> lines) {
    return lines.stream().flatMapToDouble(line -> DoubleStream.of(line.x()));
  }

  private static Line bare(Line line) {
    return new Line(line.name(), line.x(), line.y());
  }

  private static Line line(String arm, List<EdgeAtConfidence> levels) {
    double[] mean = levels.stream().mapToDouble(r -> r.edgeIndex().orElseThrow()).toArray();
    double[] low = new double[mean.length];
    double[] high = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      low[i] = Math.min(mean[i], levels.get(i).ciLow().orElse(mean[i]));
      high[i] = Math.max(mean[i], levels.get(i).ciHigh().orElse(mean[i]));
    }
    double[] p = levels.stream().mapToDouble(EdgeAtConfidence::catProbability).toArray();
    return new Line(arm, p, mean, new Band(low, high));
  }

  /**
   * One line per run.
   *
   * @return empty when no run has two images with at least one black pixel
   */
  public static Optional<Drawing> runs(String title, List<ClimbRow> rows) {
    Map<Integer, List<ClimbRow>> byRun = new LinkedHashMap<>();
    rows.stream()
        .filter(r -> r.edgeIndex().isPresent())
        .forEach(r -> byRun.computeIfAbsent(r.run(), n -> new ArrayList<>()).add(r));
    List<Line> lines = new ArrayList<>();
    byRun.forEach(
        (run, steps) -> {
          if (steps.size() > 1) {
            lines.add(
                new Line(
                    "run " + run,
                    steps.stream().mapToDouble(ClimbRow::catProbability).toArray(),
                    steps.stream().mapToDouble(s -> s.edgeIndex().orElseThrow()).toArray()));
          }
        });
    return lines.isEmpty() ? Optional.empty() : Optional.of(Charts.shares(title, X, Y, lines));
  }

  /** {@code edge-at-p} of an experiment: E of its arms at equal p(target). */
  public static void draw(Path folder, ChartFiles files) throws IOException {
    List<EdgeAtConfidence> rows = EdgeAtConfidence.TABLE.readIn(folder);
    if (!rows.isEmpty()) {
      String title = ExperimentTitle.of(folder) + ": E at equal p(target)";
      files.write(folder, "edge-at-p", arms(title, rows));
    }
  }
}
