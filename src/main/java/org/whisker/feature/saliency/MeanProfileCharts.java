package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.RankPoint;
import org.whisker.chart.kit.Row;
import org.whisker.saliency.result.PhotoMapRow;
import org.whisker.value.Text;

/**
 * {@code mean_profiles} of {@value PhotoMapRow.MeanProfileRow#FILE}: methods below each other,
 * models side by side, a line a group of photos, with intervals over photos.
 */
public final class MeanProfileCharts implements FolderChart {
  private static final int GAP = 12;
  private static final String LABEL = "mean |value| (1 = the map's mean)";

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(PhotoMapRow.MeanProfileRow.FILE);
    if (!PhotoMapRow.MeanProfileRow.TABLE.isIn(table)) {
      return;
    }
    Map<String, Map<String, List<PhotoMapRow.MeanProfileRow>>> panels = new LinkedHashMap<>();
    for (PhotoMapRow.MeanProfileRow row : PhotoMapRow.MeanProfileRow.TABLE.read(table)) {
      panels
          .computeIfAbsent(row.method(), method -> new LinkedHashMap<>())
          .computeIfAbsent(row.model(), model -> new ArrayList<>())
          .add(row);
    }
    List<Drawing> lines = new ArrayList<>();
    panels.forEach((method, models) -> lines.add(Row.across(GAP, across(method, models))));
    if (!lines.isEmpty()) {
      files.write(folder, "mean_profiles", new Row(lines, GAP, true));
    }
  }

  private static List<Drawing> across(
      String method, Map<String, List<PhotoMapRow.MeanProfileRow>> models) {
    double most =
        models.values().stream()
            .flatMap(List::stream)
            .mapToDouble(row -> row.ciHigh().orElse(row.relative()))
            .max()
            .orElse(1);
    List<Drawing> panels = new ArrayList<>();
    models.forEach((model, rows) -> panels.add(panel(method + ", " + model, rows, most)));
    return panels;
  }

  private static Drawing panel(String title, List<PhotoMapRow.MeanProfileRow> rows, double most) {
    Map<String, List<RankPoint>> groups = new LinkedHashMap<>();
    for (PhotoMapRow.MeanProfileRow row : rows) {
      String name = Text.of("%s (%d photos)", row.group().replace('_', ' '), row.photos());
      groups
          .computeIfAbsent(name, group -> new ArrayList<>())
          .add(
              new RankPoint(
                  row.uFrom(),
                  row.uTo(),
                  OptionalDouble.of(row.relative()),
                  row.ciLow(),
                  row.ciHigh()));
    }
    List<Line> lines = new ArrayList<>();
    groups.forEach(
        (name, points) -> RankPoint.line(name, points, true, true).ifPresent(lines::add));
    return Charts.profile(title, RankPoint.AXIS, LABEL, lines, 1, "map's mean", most);
  }
}
