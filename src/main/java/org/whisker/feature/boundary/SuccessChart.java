package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;
import org.whisker.io.Manifest;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * {@code success.png} and {@code success.svg} of {@code success.csv}: the share of images turned
 * within a budget, one panel per set of images and norm, one line per search.
 */
public final class SuccessChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(SuccessCurve.Step.FILE);
    if (!SuccessCurve.Step.TABLE.isIn(table)) {
      return;
    }
    List<SuccessCurve.Step> rows = SuccessCurve.Step.TABLE.read(table);
    if (rows.isEmpty()) {
      return;
    }
    Drawing figure = new Figure(Manifest.text(folder, "/model/name"), rows);
    files.write(folder, "success", figure);
  }

  /** A line of panels per set of images. */
  record Figure(String model, List<SuccessCurve.Step> rows) implements Composed {
    @Override
    public Drawing drawing() {
      Map<String, Map<String, List<SuccessCurve.Step>>> sets = new LinkedHashMap<>();
      for (SuccessCurve.Step row : rows) {
        sets.computeIfAbsent(row.images(), set -> new LinkedHashMap<>())
            .computeIfAbsent(row.normLabel(), norm -> new ArrayList<>())
            .add(row);
      }
      List<Drawing> lines = new ArrayList<>();
      sets.forEach(
          (set, norms) ->
              lines.add(
                  Row.across(
                      20,
                      norms.values().stream()
                          .map(panel -> successPanel(model + ": " + set, panel))
                          .toList())));
      return new Row(lines, 14, true);
    }
  }

  /** Factor by which an axis reaches beyond the smallest and the largest budget. */
  private static final double ROOM = 1.5;

  private static final int WIDTH = 400;
  private static final int HEIGHT = 300;

  /**
   * The curves of one set of images by one norm: steps over a logarithmic budget.
   *
   * @param rows the rows of one set and norm, at least one
   */
  static Drawing successPanel(String title, List<SuccessCurve.Step> rows) {
    double least =
        rows.stream().mapToDouble(SuccessCurve.Step::budget).filter(b -> b > 0).min().orElse(1);
    double most =
        rows.stream().mapToDouble(SuccessCurve.Step::budget).filter(b -> b > 0).max().orElse(1);
    Map<String, List<SuccessCurve.Step>> searches = Table.by(rows, SuccessCurve.Step::search);
    String axis = axis(rows.get(0));
    if (searches.size() == 1) { // then there is no legend
      axis += ": " + name(rows);
    }
    XyPlot plot = new XyPlot(title, axis, "share within", WIDTH, HEIGHT);
    plot.logarithmicX();
    plot.xRange(least / ROOM, most * ROOM);
    plot.yRange(0, 1);
    for (List<SuccessCurve.Step> curve : searches.values()) {
      plot.line(
          line(curve, least / ROOM, most * ROOM), Ink.series(colour(curve.get(0).search())), false);
    }
    return plot;
  }

  private static String axis(SuccessCurve.Step row) {
    if (row.countsPixels()) {
      return "changed pixels (L0)";
    }
    return row.normLabel().equals("L2") ? "length in gray (L2)" : "largest change in gray (L∞)";
  }

  private static String name(List<SuccessCurve.Step> curve) {
    return Text.of("%s, %d images", curve.get(0).search(), curve.get(0).count());
  }

  /** A search keeps its colour in every panel. */
  private static int colour(String search) {
    return switch (search) {
      case "sigma-zero" -> 1;
      case "fewest-flips" -> 2;
      case "fmn" -> 3;
      case "ddn" -> 4;
      case "minimal-set" -> 5;
      default -> 0;
    };
  }

  /** The steps of a curve: each share holds from its budget to the next. */
  private static Line line(List<SuccessCurve.Step> curve, double from, double to) {
    int points = 2 * curve.size();
    double[] x = new double[points];
    double[] share = new double[points];
    double[] low = new double[points];
    double[] high = new double[points];
    for (int i = 0; i < points; i++) {
      SuccessCurve.Step row = curve.get(i / 2);
      int at = i / 2 + i % 2;
      x[i] = at < curve.size() ? Math.max(from, curve.get(at).budget()) : to;
      share[i] = row.share();
      low[i] = row.low();
      high[i] = row.high();
    }
    return new Line(name(curve), x, share, new Band(low, high));
  }
}
