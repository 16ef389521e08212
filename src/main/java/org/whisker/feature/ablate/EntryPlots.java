package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.ablation.result.EntryTables.StartRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;

/**
 * Plots of searches that begin in the middle, or are held there: E of the added pixels by the
 * start, and how good images are before and after a release.
 */
public final class EntryPlots {
  private static final int GAP = 16;

  /** Lines are shifted a little, so that their intervals don't cover each other. */
  private static final double APART = 0.4;

  private EntryPlots() {}

  /** E by the number of pixels that are given or added at once; empty if no row has a value. */
  public static Optional<Drawing> starts(String title, List<StartRow> rows) {
    List<Line> lines = new ArrayList<>();
    for (String start : List.of(StartRow.GIVEN, StartRow.AT_ONCE)) {
      String name = start.equals(StartRow.GIVEN) ? "given" : "added at once";
      List<StartRow> own = rows.stream().filter(row -> row.start().equals(start)).toList();
      double shift = APART * lines.size();
      line(name, own, shift, StartRow::edgeIndex, StartRow::ciLow, StartRow::ciHigh)
          .ifPresent(lines::add);
      line(
              name + ", image rolled",
              own,
              shift + APART,
              StartRow::rolledEdgeIndex,
              StartRow::rolledLow,
              StartRow::rolledHigh)
          .ifPresent(lines::add);
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    XyPlot plot =
        new XyPlot(title, "number of pixels that are given, or added at once", label(rows));
    double most = rows.stream().mapToInt(StartRow::count).max().orElseThrow();
    plot.reference("chance", 0, 0.5, most, 0.5);
    for (int i = 0; i < lines.size(); i++) {
      plot.intervals(lines.get(i), Ink.series(i));
    }
    plot.xRange(-1, most + 1 + APART * lines.size());
    plot.yRange(0, 1);
    return Optional.of(plot);
  }

  private static String label(List<StartRow> rows) {
    return switch (rows.get(0).measure()) {
      case "edge_index" -> "E of added pixels, final images";
      case "edge_index_at_half" -> "E of added pixels at p(target) ½";
      case "edge_index_at_gain" -> "E of added pixels at equal gain";
      default -> "E of added pixels at the target";
    };
  }

  private static <R> Optional<Line> line(
      String name,
      List<R> rows,
      ToDoubleFunction<R> x,
      Function<R, OptionalDouble> value,
      Function<R, OptionalDouble> low,
      Function<R, OptionalDouble> high) {
    List<R> some = rows.stream().filter(row -> value.apply(row).isPresent()).toList();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    double[] y = some.stream().mapToDouble(row -> value.apply(row).orElseThrow()).toArray();
    double[] least = new double[y.length];
    double[] most = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      least[i] = Math.min(y[i], low.apply(some.get(i)).orElse(y[i]));
      most[i] = Math.max(y[i], high.apply(some.get(i)).orElse(y[i]));
    }
    return Optional.of(
        new Line(name, some.stream().mapToDouble(x).toArray(), y, new Band(least, most)));
  }

  private static Optional<Line> line(
      String name,
      List<StartRow> rows,
      double shift,
      Function<StartRow, OptionalDouble> value,
      Function<StartRow, OptionalDouble> low,
      Function<StartRow, OptionalDouble> high) {
    return line(name, rows, row -> row.count() + shift, value, low, high);
  }

  /**
   * p(target) and score by generation, a line of plots for each arm that is held at first, with the
   * free one in the same place of the table; empty if there is none.
   */
  public static Optional<Drawing> release(String title, List<ReleaseRow> rows) {
    List<String> free = arms(rows, false);
    List<String> held = arms(rows, true);
    List<Drawing> plots = new ArrayList<>();
    for (int i = 0; i < Math.min(free.size(), held.size()); i++) {
      String name = held.size() == 1 ? title : title + ": " + held.get(i);
      Pair pair = new Pair(rows, free.get(i), held.get(i));
      plots.add(
          pair.plot(
              name,
              "p(target) of the best image so far",
              ReleaseRow::pTarget,
              ReleaseRow::pTargetLow,
              ReleaseRow::pTargetHigh));
      plots.add(
          pair.plot(
              "and its score (lower is better)",
              "cross-entropy + λ · pixels, nats",
              ReleaseRow::loss,
              ReleaseRow::lossLow,
              ReleaseRow::lossHigh));
    }
    return plots.isEmpty() ? Optional.empty() : Optional.of(Row.lines(2, GAP, GAP, plots));
  }

  private static List<String> arms(List<ReleaseRow> rows, boolean held) {
    return rows.stream().filter(row -> row.held() == held).map(ReleaseRow::arm).distinct().toList();
  }

  /** A free arm and one that is held at first. */
  private record Pair(List<ReleaseRow> rows, String free, String held) {
    Drawing plot(
        String title,
        String label,
        Function<ReleaseRow, OptionalDouble> value,
        Function<ReleaseRow, OptionalDouble> low,
        Function<ReleaseRow, OptionalDouble> high) {
      XyPlot plot = new XyPlot(title, "generations", label);
      List<Line> lines =
          Stream.of(
                  line(free, of(free, ReleaseRow.GENERATIONS), ReleaseRow::at, value, low, high),
                  line(held, of(held, ReleaseRow.GENERATIONS), ReleaseRow::at, value, low, high),
                  line(
                      held + ", from its release on",
                      of(held, ReleaseRow.SINCE_RELEASE),
                      ReleaseRow::at,
                      value,
                      low,
                      high))
              .flatMap(Optional::stream)
              .toList();
      for (int i = 0; i < lines.size(); i++) {
        plot.line(lines.get(i), Ink.series(i), false);
      }
      double release = rows.get(0).release();
      double least = Double.MAX_VALUE;
      double most = 0;
      for (Line line : lines) {
        for (double y : line.y()) {
          least = Math.min(least, y);
          most = Math.max(most, y);
        }
      }
      plot.reference("release", release, least, release, most);
      plot.yFromZero();
      return plot;
    }

    private List<ReleaseRow> of(String arm, String by) {
      return rows.stream().filter(row -> row.arm().equals(arm) && row.by().equals(by)).toList();
    }
  }

  /** {@code entry-start} and {@code release} of an experiment that has their tables. */
  public static void draw(Path folder, ChartFiles files) throws IOException {
    List<StartRow> starts = StartRow.TABLE.readIn(folder);
    List<ReleaseRow> release = ReleaseRow.TABLE.readIn(folder);
    if (!starts.isEmpty()) {
      files.write(folder, "entry-start", starts(title(folder, "E by the start"), starts));
    }
    if (!release.isEmpty()) {
      files.write(folder, "release", release(title(folder, "the release"), release));
    }
  }

  private static String title(Path folder, String what) throws IOException {
    return ExperimentTitle.of(folder) + ": " + what;
  }
}
