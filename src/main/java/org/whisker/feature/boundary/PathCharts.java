package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PathProfile.PathBand;
import org.whisker.boundary.PathProfile.PathBand.Level;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;
import org.whisker.io.Manifest;
import org.whisker.io.ShownText;

/**
 * Charts of {@code path.csv} and its bands: {@code pixel-paths.png} and {@code straight.png},
 * p(target) above and the logit below, if there are such paths.
 */
public final class PathCharts implements FolderChart {
  private static final int WIDTH = 720;
  private static final int UPPER = 290;
  private static final int LOWER = 320;
  private static final int LEFT = 70;
  private static final String P_TARGET = "p(target); dashed: ½";
  private static final String LOGIT = "logit against the target; below 0: the target";

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(PathProfile.Scored.FILE);
    if (!PathProfile.Scored.TABLE.isIn(table)) {
      return;
    }
    List<PathProfile.Scored> rows = PathProfile.Scored.TABLE.read(table);
    List<PathProfile.Scored> straight =
        rows.stream().filter(PathProfile.Scored::isStraight).toList();
    if (straight.size() < rows.size()) {
      String x = "pixels changed, of " + Manifest.text(folder, "/differing_pixels");
      files.write(
          folder,
          "pixel-paths",
          two(title(folder), x, probabilities(folder, rows), logits(folder, rows)));
    }
    if (!straight.isEmpty()) {
      files.write(
          folder,
          "straight",
          two(
              title(folder),
              "t along the straight line between both pictures",
              List.of(line("straight", straight, PathProfile.Scored::catProbability)),
              List.of(line("straight", straight, PathProfile.Scored::logit))));
    }
  }

  private static String title(Path folder) throws IOException {
    return "%s, from %s to %s"
        .formatted(
            Manifest.text(folder, "/model/name"),
            ShownText.shortPath(Manifest.text(folder, "/from/file")),
            ShownText.shortPath(Manifest.text(folder, "/to/file")));
  }

  private static List<Line> probabilities(Path folder, List<PathProfile.Scored> rows)
      throws IOException {
    List<Line> lines = orders(rows, PathProfile.Scored::catProbability);
    List<PathBand.ProbabilityRow> band = PathBand.ProbabilityRow.TABLE.readIn(folder);
    if (!band.isEmpty()) {
      double[] changed = band.stream().mapToDouble(PathBand.ProbabilityRow::changed).toArray();
      lines.add(random(changed, band.stream().map(PathBand.ProbabilityRow::spread).toList()));
    }
    return lines;
  }

  private static List<Line> logits(Path folder, List<PathProfile.Scored> rows) throws IOException {
    List<Line> lines = orders(rows, PathProfile.Scored::logit);
    List<PathBand.LogitRow> band = PathBand.LogitRow.TABLE.readIn(folder);
    if (!band.isEmpty()) {
      double[] changed = band.stream().mapToDouble(PathBand.LogitRow::changed).toArray();
      lines.add(random(changed, band.stream().map(PathBand.LogitRow::spread).toList()));
    }
    return lines;
  }

  /** One line per order, without the random ones. */
  private static List<Line> orders(
      List<PathProfile.Scored> rows, ToDoubleFunction<PathProfile.Scored> value) {
    Map<String, List<PathProfile.Scored>> orders = new LinkedHashMap<>();
    for (PathProfile.Scored row : rows) {
      if (!row.isRandom() && !row.isStraight()) {
        orders.computeIfAbsent(row.order(), order -> new ArrayList<>()).add(row);
      }
    }
    List<Line> lines = new ArrayList<>();
    orders.forEach((order, points) -> lines.add(line(order, points, value)));
    return lines;
  }

  private static Line line(
      String name, List<PathProfile.Scored> rows, ToDoubleFunction<PathProfile.Scored> value) {
    return new Line(
        name,
        rows.stream().mapToDouble(PathProfile.Scored::position).toArray(),
        rows.stream().mapToDouble(value).toArray());
  }

  /** The mean over the random orders, with a band for the central 90 % of them. */
  private static Line random(double[] changed, List<Level> spread) {
    return new Line(
        "random: mean, 90 % of orders",
        changed,
        column(spread, Level::mean),
        new Band(column(spread, Level::q05), column(spread, Level::q95)));
  }

  private static double[] column(List<Level> spread, ToDoubleFunction<Level> value) {
    return spread.stream().mapToDouble(value).toArray();
  }

  private static Drawing two(String title, String x, List<Line> above, List<Line> below) {
    XyPlot probability = plot(title, "", P_TARGET, UPPER, above, 0.5);
    probability.yRange(0, 1);
    XyPlot logit = plot("", x, LOGIT, LOWER, below, 0);
    probability.hideLegend();
    return new Row(List.of(probability, logit), 0, true);
  }

  private static XyPlot plot(
      String title, String x, String y, int height, List<Line> lines, double boundary) {
    XyPlot plot = new XyPlot(title, x, y, WIDTH, height);
    plot.leftWidth(LEFT);
    double[] all = lines.get(0).x();
    plot.rule(all[0], all[all.length - 1], boundary);
    for (int i = 0; i < lines.size(); i++) {
      plot.line(lines.get(i), Ink.series(i), false);
    }
    return plot;
  }
}
