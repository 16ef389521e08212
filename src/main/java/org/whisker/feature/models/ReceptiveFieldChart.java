package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapFigure.HeatmapRow;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.feature.models.LayerTables.FieldRingRow;
import org.whisker.image.Canvas;
import org.whisker.io.Contained;
import org.whisker.io.Manifest;
import org.whisker.io.Npy;
import org.whisker.io.Npy.NpyArray;
import org.whisker.table.MapFiles;

/**
 * Charts of {@code receptive_field.csv} and its maps: {@code receptive_field.png} (maps above
 * profiles), and each map by itself.
 */
public final class ReceptiveFieldChart implements FolderChart {
  private static final String UNIT = "mean |gradient| (1 = largest)";
  private static final int SIDE = 256;
  private static final int GAP = 12;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(FieldRingRow.FILE);
    if (!Files.exists(table)) {
      return;
    }
    Map<String, List<FieldRingRow>> rings = new LinkedHashMap<>();
    FieldRingRow.TABLE
        .read(table)
        .forEach(row -> rings.computeIfAbsent(row.weights(), w -> new ArrayList<>()).add(row));
    List<HeatmapFigure> maps = new ArrayList<>();
    for (String weights : rings.keySet()) {
      String stem = FieldRingRow.mapStem(weights);
      NpyArray map = Npy.read(new Contained(folder).resolve(stem + ".npy"));
      HeatmapFigure figure = map(weights + " weights", map);
      files.write(folder, stem, figure);
      maps.add(figure.withZoom(Math.max(1, SIDE / Math.max(map.columns(), map.rows()))));
    }
    String subject = Manifest.text(folder, "/network") + ", " + Manifest.text(folder, "/layer");
    files.write(
        folder,
        "receptive_field",
        new Row(List.of(new HeatmapRow(maps), profile(subject, rings)), GAP, true));
  }

  private static HeatmapFigure map(String title, NpyArray map) {
    float[] values = MapFiles.floats(map.values());
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= largest;
    }
    Canvas canvas = new Canvas(map.columns(), map.rows());
    return HeatmapFigure.of(title, canvas, values, new Scale(0, 1, UNIT), ColorMap.MAGNITUDE);
  }

  private static Drawing profile(String subject, Map<String, List<FieldRingRow>> rings) {
    List<Line> lines = new ArrayList<>();
    rings.forEach(
        (weights, rows) ->
            lines.add(
                new Line(
                    weights,
                    rows.stream().mapToDouble(row -> row.ring().radius()).toArray(),
                    rows.stream().mapToDouble(row -> row.ring().within()).toArray())));
    return Charts.shares(
        "Receptive field of one central unit: " + subject,
        "distance from the centre of its field, in pixels",
        "share of the gradient within",
        lines);
  }
}
