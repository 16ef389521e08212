package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.RankPoint;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.SmallMap;
import org.whisker.image.Canvas;
import org.whisker.io.Csv.CsvRow;
import org.whisker.page.Section.Figure;
import org.whisker.table.MapFiles;
import org.whisker.table.Table;

/** Maps of all models side by side on one scale, and profiles of all models in one chart. */
record PageMaps(ReportFolder folder) {
  /**
   * A map for each model that has it.
   *
   * @param turned whether values are negated; below 0 must be towards the target, which is red
   * @param alone whether each model has its own scale
   */
  Optional<Figure> maps(
      String name,
      boolean turned,
      boolean alone,
      ColorMap colors,
      String unit,
      String alt,
      String caption)
      throws IOException {
    List<String> models = new ArrayList<>();
    List<CanvasMap> maps = new ArrayList<>();
    for (String model : folder.models()) {
      Optional<CanvasMap> map = CanvasMap.read(folder, model + "/" + name + ".csv");
      if (map.isPresent()) {
        models.add(model);
        maps.add(map.get());
      }
    }
    if (maps.isEmpty()) {
      return Optional.empty();
    }
    float[][] values =
        maps.stream()
            .map(m -> turned ? MapFiles.negated(m.values()) : m.values())
            .toArray(float[][]::new);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Scale scale = alone ? scale(colors, unit, values[i]) : scale(colors, unit, values);
      panels.add(
          HeatmapFigure.of(models.get(i), maps.get(i).canvas(), values[i], scale, colors).panel());
    }
    return Optional.of(new Figure(panels, alt, caption, models.get(0) + "/" + name + ".csv"));
  }

  /** Small maps of what moves the logit, on one scale that follows them; empty if there is none. */
  List<Panel> small(String name, String unit) throws IOException {
    Map<String, CanvasMap> maps = new LinkedHashMap<>();
    for (String model : folder.models()) {
      CanvasMap.read(folder, model + "/" + name + ".csv").ifPresent(map -> maps.put(model, map));
    }
    if (maps.isEmpty()) {
      return List.of();
    }
    Scale scale =
        scale(
            ColorMap.LOGIT,
            unit,
            maps.values().stream().map(CanvasMap::values).toArray(float[][]::new));
    List<Panel> panels = new ArrayList<>();
    maps.forEach(
        (model, map) ->
            panels.add(
                new SmallMap(
                        model,
                        "one black pixel on white",
                        map.canvas(),
                        map.values(),
                        scale,
                        ColorMap.LOGIT)
                    .panel(map.canvas(), map.values(), 1)));
    panels.add(new Panel(SmallMap.bar(scale, ColorMap.LOGIT).svg()).withAlt("Scale: " + unit));
    return panels;
  }

  private static Scale scale(ColorMap colors, String unit, float[]... values) {
    return colors == ColorMap.LOGIT
        ? Scale.symmetricCovering(unit, values).symmetricLog()
        : new Scale(0, Math.max(Scale.covering(unit, values).max(), 1e-9), unit);
  }

  /**
   * A profile by edge rank, one line per model.
   *
   * @param file in a model's folder
   * @param point converts a row to a point
   * @param banded whether intervals are drawn as a band
   */
  <R extends Record> Optional<Figure> profile(
      String file,
      Table<R> table,
      Function<R, RankPoint> point,
      boolean banded,
      String title,
      String yLabel,
      double reference,
      String referenceName,
      String caption)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String own = model + "/" + file;
      List<RankPoint> points = folder.read(table, own).stream().map(point).toList();
      Optional<Line> line = RankPoint.line(model, points, banded, reference >= 1);
      line.ifPresent(lines::add);
      csv = csv == null && line.isPresent() ? own : csv;
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Drawing drawing =
        Charts.profile(title, RankPoint.AXIS, yLabel, lines, reference, referenceName);
    return Optional.of(Figure.of(drawing, title + ", " + yLabel + " by edge rank", caption, csv));
  }

  /** A map over the canvas, read from a table {@code x,y,value}. */
  static final class CanvasMap {
    private final Canvas canvas;
    private final float[] values;

    private CanvasMap(Canvas canvas, float[] values) {
      this.canvas = canvas;
      this.values = values;
    }

    /**
     * A map that was not read from a table.
     *
     * @param values row-major
     */
    static CanvasMap of(Canvas canvas, double[] values) {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      return new CanvasMap(canvas, floats);
    }

    /** Empty if there is no such table; pixels without a row are missing values. */
    static Optional<CanvasMap> read(ReportFolder folder, String file) throws IOException {
      List<CsvRow> rows = folder.rows(file);
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      int width = 0;
      int height = 0;
      for (CsvRow row : rows) {
        width = Math.max(width, coordinate(row, 0, "x") + 1);
        height = Math.max(height, coordinate(row, 1, "y") + 1);
      }
      Canvas canvas = new Canvas(width, height);
      float[] values = new float[canvas.pixels()];
      java.util.Arrays.fill(values, Float.NaN);
      for (CsvRow row : rows) {
        int at = canvas.index(coordinate(row, 0, "x"), coordinate(row, 1, "y"));
        values[at] = (float) row.number(row.header().get(2));
      }
      return Optional.of(new CanvasMap(canvas, values));
    }

    /** Coordinates beyond this indicate a broken table. */
    private static int coordinate(CsvRow row, int column, String name) throws IOException {
      if (row.header().size() < 3 || !row.header().get(column).equals(name)) {
        throw row.error("expected the columns x, y and a value");
      }
      long at = row.integer(name);
      if (at < 0 || at >= Short.MAX_VALUE) {
        throw row.error(name + " is " + at + ", which is not a pixel coordinate");
      }
      return (int) at;
    }

    Canvas canvas() {
      return canvas;
    }

    float[] values() {
      return values.clone();
    }
  }
}
