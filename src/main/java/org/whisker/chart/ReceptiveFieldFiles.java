package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapRow;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.image.Canvas;
import org.whisker.io.CsvWriter;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.saliency.EffectiveReceptiveField.Ring;
import org.whisker.table.MapFiles;

/** Effective receptive fields as files, such as one with trained and one with random weights. */
public final class ReceptiveFieldFiles {
  private static final String STEM = "receptive_field";
  private static final String UNIT = "mean |gradient| (1 = largest)";
  private static final int SIDE = 256;
  private static final int GAP = 12;

  private final String subject;
  private final Map<String, EffectiveReceptiveField> fields;

  /**
   * To be written by {@link #write}.
   *
   * @param subject the network and the layer, for titles
   * @param fields by what their weights are; in the order of the figure, at least one
   */
  public ReceptiveFieldFiles(String subject, Map<String, EffectiveReceptiveField> fields) {
    this.subject = subject;
    this.fields = new LinkedHashMap<>(fields);
  }

  /**
   * Writes {@code receptive_field.png} (maps over profiles), {@code receptive_field.csv} (rings),
   * and each map as PNG, CSV and NPY in raw units.
   */
  public void write(Path folder) throws IOException {
    List<HeatmapFigure> maps = new ArrayList<>();
    for (Map.Entry<String, EffectiveReceptiveField> each : fields.entrySet()) {
      EffectiveReceptiveField field = each.getValue();
      Canvas canvas = field.map().canvas();
      String stem = STEM + "_" + each.getKey();
      double[] values = MapFiles.doubles(field.map().values());
      MapFiles.write(folder.resolve(stem), canvas, values, "mean_abs_gradient");
      HeatmapFigure figure = map(each.getKey() + " weights", field);
      figure.writePng(folder.resolve(stem + ".png"));
      maps.add(figure.withZoom(Math.max(1, SIDE / Math.max(canvas.width(), canvas.height()))));
    }
    rings(folder.resolve(STEM + ".csv"));
    new Row(List.of(new HeatmapRow(maps), profile()), GAP, true)
        .writePng(folder.resolve(STEM + ".png"));
  }

  private static HeatmapFigure map(String title, EffectiveReceptiveField field) {
    float[] values = field.map().values();
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= largest;
    }
    Scale scale = new Scale(0, 1, UNIT);
    return HeatmapFigure.of(title, field.map().canvas(), values, scale, ColorMap.SEQUENTIAL);
  }

  private Drawing profile() {
    List<Line> lines = new ArrayList<>();
    fields.forEach(
        (weights, field) -> {
          List<Ring> rings = field.profile();
          lines.add(
              new Line(
                  weights,
                  rings.stream().mapToDouble(Ring::radius).toArray(),
                  rings.stream().mapToDouble(Ring::within).toArray()));
        });
    return Charts.shares(
        "What one unit in the middle depends on: " + subject,
        "distance from the centre of its field, in pixels",
        "share of the gradient within",
        lines);
  }

  private void rings(Path file) throws IOException {
    List<String> header = List.of("weights", "radius", "pixels", "mean_abs_gradient", "within");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (Map.Entry<String, EffectiveReceptiveField> each : fields.entrySet()) {
        for (Ring ring : each.getValue().profile()) {
          csv.row(each.getKey(), ring.radius(), ring.pixels(), ring.mean(), ring.within());
        }
      }
      csv.finish();
    }
  }
}
