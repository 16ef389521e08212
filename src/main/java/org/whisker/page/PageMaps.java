package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Scale;
import org.whisker.io.CsvRow;
import org.whisker.table.MapFiles;

/** Maps of all models side by side on one scale, and profiles of all models in one chart. */
final class PageMaps {
  static final String EDGE_RANK = "edge rank u (0 at the border, 1 in the centre)";

  private final ReportFolder folder;

  PageMaps(ReportFolder folder) {
    this.folder = folder;
  }

  /**
   * A map of each model that has it.
   *
   * @param turned whether the values' sign is turned; below 0 must be towards cat, which is blue
   * @param alone whether each model has a scale of its own, where one for all would show nothing
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

  private static Scale scale(ColorMap colors, String unit, float[]... values) {
    return colors == ColorMap.DIVERGING
        ? Scale.symmetricCovering(unit, values)
        : new Scale(0, Math.max(Scale.covering(unit, values).max(), 1e-9), unit);
  }

  /**
   * A profile from the border inwards, a line a model.
   *
   * @param low the column with the interval's lower end, or null
   */
  Optional<Figure> profile(
      String name,
      String column,
      @Nullable String low,
      @Nullable String high,
      String title,
      String yLabel,
      double reference,
      String referenceName,
      String caption)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + name + ".csv";
      Optional<Line> line = line(model, folder.rows(file), column, low, high, reference >= 1);
      line.ifPresent(lines::add);
      csv = csv == null && line.isPresent() ? file : csv;
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Drawing drawing = Charts.profile(title, EDGE_RANK, yLabel, lines, reference, referenceName);
    return Optional.of(Figure.of(drawing, title + ", " + yLabel + " by edge rank", caption, csv));
  }

  /** Rows without a value are left out; a density's interval is cut at 0. */
  static Optional<Line> line(
      String name,
      List<CsvRow> rows,
      String column,
      @Nullable String low,
      @Nullable String high,
      boolean density)
      throws IOException {
    List<CsvRow> some = new ArrayList<>();
    for (CsvRow row : rows) {
      if (row.optionalNumber(column).isPresent()) {
        some.add(row);
      }
    }
    if (some.isEmpty()) {
      return Optional.empty();
    }
    int n = some.size();
    double[] x = new double[n];
    double[] y = new double[n];
    double[] from = new double[n];
    double[] to = new double[n];
    for (int i = 0; i < n; i++) {
      CsvRow row = some.get(i);
      x[i] = (row.number("u_from") + row.number("u_to")) / 2;
      y[i] = row.number(column);
      double least = low == null ? y[i] : row.optionalNumber(low).orElse(y[i]);
      from[i] = Math.min(y[i], density ? Math.max(0, least) : least);
      to[i] = high == null ? y[i] : Math.max(y[i], row.optionalNumber(high).orElse(y[i]));
    }
    return Optional.of(new Line(name, x, y, low == null ? null : new Band(from, to)));
  }
}
