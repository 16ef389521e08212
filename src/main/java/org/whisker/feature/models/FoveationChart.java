package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapFigure.HeatmapRow;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.XyPlot;
import org.whisker.feature.models.LayerTables.FoveationTables;
import org.whisker.image.Canvas;
import org.whisker.io.Manifest;
import org.whisker.table.MapFiles;

/**
 * Charts of {@link FoveationTables}: {@code foveation.png}, and one map per padding, all on a
 * common scale.
 */
public final class FoveationChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!FoveationTables.in(folder)) {
      return;
    }
    FoveationTables tables = FoveationTables.read(folder);
    String subject = Manifest.text(folder, "/network") + " to " + Manifest.text(folder, "/layer");
    FoveationFigure figure = new FoveationFigure(subject, tables);
    for (Map.Entry<String, double[]> map : tables.maps().entrySet()) {
      files.write(
          folder,
          FoveationTables.STEM + "_" + map.getKey(),
          figure.map(subject + ", " + map.getKey() + " padding", map.getValue()));
    }
    files.write(folder, FoveationTables.STEM, figure.all());
  }

  /**
   * Path counts under several paddings: maps on a common scale, and profiles from the border
   * inwards.
   */
  static final class FoveationFigure {
    private static final String UNIT = "paths (1 = mean of the image)";
    private static final int SIDE = 256;
    private static final int GAP = 12;
    private static final int CHART_HEIGHT = 320;
    private static final int TICKS = 13;
    private static final double HEADROOM = 1.05;
    private static final double SAME = 1e-9;

    private final String subject;
    private final FoveationTables tables;
    private final Scale scale;

    FoveationFigure(String subject, FoveationTables tables) {
      this.subject = subject;
      this.tables = tables;
      float[][] all = tables.maps().values().stream().map(MapFiles::floats).toArray(float[][]::new);
      this.scale = new Scale(0, Scale.covering(UNIT, all).max(), UNIT);
    }

    /** The map of one padding, on the common scale. */
    HeatmapFigure map(String title, double[] values) {
      return HeatmapFigure.of(
          title, tables.canvas(), MapFiles.floats(values), scale, ColorMap.SEQUENTIAL);
    }

    /** The maps side by side, above their profiles. */
    Drawing all() {
      Canvas canvas = tables.canvas();
      int zoom = Math.max(1, SIDE / Math.max(canvas.width(), canvas.height()));
      List<HeatmapFigure> row = new ArrayList<>();
      tables
          .maps()
          .forEach((padding, values) -> row.add(map(padding + " padding", values).withZoom(zoom)));
      HeatmapRow side = new HeatmapRow(row);
      return new Row(List.of(side, profile(Math.max(XyPlot.WIDTH, side.width()))), GAP, true);
    }

    private Drawing profile(int width) {
      XyPlot plot =
          new XyPlot(
              "Paths by edge rank: " + subject,
              "edge rank u (0 at the border, 1 in the centre), in ten bins",
              "mean paths (1 = image)",
              width,
              CHART_HEIGHT);
      plot.reference("mean of the image", 0, 1, 1, 1);
      List<Line> lines = lines();
      for (int i = 0; i < lines.size(); i++) {
        plot.line(lines.get(i), Ink.series(i), true);
      }
      plot.yRange(
          0, HEADROOM * lines.stream().flatMapToDouble(l -> Arrays.stream(l.y())).max().orElse(1));
      plot.xRange(0, 1);
      plot.xTicksApart(width / TICKS);
      return plot;
    }

    /**
     * One line per padding; paddings with identical profiles share a line, since they would
     * overlap.
     */
    private List<Line> lines() {
      double[] u = tables.edgeRank();
      List<Line> lines = new ArrayList<>();
      for (Map.Entry<String, double[]> profile : tables.profiles().entrySet()) {
        Line line = new Line(profile.getKey(), u, profile.getValue());
        lines.stream()
            .filter(other -> same(other.y(), line.y()))
            .findFirst()
            .ifPresentOrElse(
                other ->
                    lines.set(
                        lines.indexOf(other),
                        new Line(other.name() + ", " + line.name(), u, line.y())),
                () -> lines.add(line));
      }
      return lines;
    }

    private static boolean same(double[] a, double[] b) {
      double most = 0;
      for (int i = 0; i < a.length; i++) {
        most = Math.max(most, Math.abs(a[i] - b[i]));
      }
      return most < SAME;
    }
  }
}
