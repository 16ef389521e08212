package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.PathBand;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.ScoredPath;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;

/** The charts of paths between two pictures. */
public final class PathFigures {
  private static final int WIDTH = 720;
  private static final int UPPER = 290;
  private static final int LOWER = 320;
  private static final int LEFT = 70;
  private static final String P_CAT = "p(cat); dashed: ½";
  private static final String LOGIT = "logit of not-cat; below 0: cat";

  private PathFigures() {}

  /**
   * Writes {@code pixel-paths.png} and {@code straight.png} (p(cat) above, the logit below), where
   * there are such paths, and {@code filmstrip.png}.
   *
   * @param title what the paths lead from and to
   */
  public static void write(Path folder, String title, BoundaryPaths paths) throws IOException {
    List<ScoredPath> straight = paths.of(PathKind.STRAIGHT);
    if (straight.size() < paths.paths().size()) {
      String x = "pixels changed, of " + paths.differing();
      two(title, x, pixelLines(paths, true), pixelLines(paths, false))
          .writePng(folder.resolve("pixel-paths.png"));
    }
    if (!straight.isEmpty()) {
      PathProfile profile = straight.get(0).profile();
      two(
              title,
              "t along the straight line in gray levels",
              List.of(line("straight", profile, true)),
              List.of(line("straight", profile, false)))
          .writePng(folder.resolve("straight.png"));
    }
    PathFilmstrip.of(paths).writePng(folder.resolve("filmstrip.png"));
  }

  private static Drawing two(String title, String x, List<Line> above, List<Line> below) {
    XyPlot probability = plot(title, "", P_CAT, UPPER, above, 0.5);
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

  private static List<Line> pixelLines(BoundaryPaths paths, boolean probability) {
    List<Line> lines = new ArrayList<>();
    for (ScoredPath path : paths.paths()) {
      if (path.kind() != PathKind.RANDOM && path.kind() != PathKind.STRAIGHT) {
        lines.add(line(path.kind().label(), path.profile(), probability));
      }
    }
    List<PathProfile> random = paths.of(PathKind.RANDOM).stream().map(ScoredPath::profile).toList();
    if (!random.isEmpty()) {
      lines.add(random(PathBand.of(random, probability)));
    }
    return lines;
  }

  private static Line line(String name, PathProfile profile, boolean probability) {
    double[] y =
        probability
            ? profile.catProbabilities().stream().mapToDouble(p -> p).toArray()
            : profile.logits().stream().mapToDouble(l -> l).toArray();
    return new Line(name, profile.positions().stream().mapToDouble(x -> x).toArray(), y);
  }

  /** The mean, within the middle nine tenths of the orders. */
  private static Line random(PathBand band) {
    return new Line(
        "random: mean, 90 % of orders",
        band.positions().stream().mapToDouble(x -> x).toArray(),
        at(band, PathBand.Level::mean),
        new Band(at(band, PathBand.Level::q05), at(band, PathBand.Level::q95)));
  }

  private static double[] at(PathBand band, ToDoubleFunction<PathBand.Level> value) {
    return band.levels().stream().mapToDouble(value).toArray();
  }
}
