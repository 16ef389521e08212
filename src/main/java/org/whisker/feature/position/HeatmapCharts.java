package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapFigure.HeatmapRow;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.feature.position.ConditionFigures.Densities;
import org.whisker.image.Canvas;
import org.whisker.position.result.ConditionRow;
import org.whisker.position.result.ConditionTables;
import org.whisker.table.MapFiles.StoredMap;
import org.whisker.value.Text;

/**
 * All conditions of a heatmap together: {@code edge_index.png}, every run's edge index, and, for
 * several conditions, {@code densities.png}, on a common scale.
 */
public final class HeatmapCharts implements FolderChart {
  private static final int MAPS_A_ROW = 4;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path summary = folder.resolve(ConditionRow.FILE);
    if (!ConditionRow.TABLE.isIn(summary)) {
      return;
    }
    Map<ConditionRow, Path> conditions = new LinkedHashMap<>();
    List<ConditionRow> rows = ConditionRow.TABLE.read(summary);
    List<String> names =
        ConditionTables.folders(rows.stream().map(ConditionRow::condition).toList());
    for (int i = 0; i < names.size(); i++) {
      conditions.put(rows.get(i), folder.resolve(names.get(i)));
    }
    edgeIndices(folder, files, conditions);
    if (conditions.size() > 1) {
      densities(folder, files, conditions);
    }
  }

  private static void edgeIndices(Path folder, ChartFiles files, Map<ConditionRow, Path> conditions)
      throws IOException {
    List<Arm> arms = new ArrayList<>();
    for (Map.Entry<ConditionRow, Path> condition : conditions.entrySet()) {
      ConditionRow row = condition.getKey();
      if (row.edgeIndex().isPresent()) {
        double[] runs =
            ConditionTables.EdgeIndexRow.TABLE
                .read(condition.getValue().resolve(ConditionTables.EdgeIndexRow.FILE))
                .stream()
                .mapToDouble(ConditionTables.EdgeIndexRow::edgeIndex)
                .toArray();
        String name = Text.of("%s (%d)", row.condition(), row.runs());
        double mean = row.edgeIndex().getAsDouble();
        arms.add(Densities.arm(name, runs, mean, row.ciLow(), row.ciHigh()));
      }
    }
    if (!arms.isEmpty()) {
      files.write(
          folder,
          "edge_index",
          new StripPlot(
              "Edge index of every run (number of runs)",
              "edge index E (below ½: nearer the edge)",
              arms,
              0.5,
              "chance",
              "95 % interval"));
    }
  }

  /** The smoothed densities on a common scale, one figure per canvas size. */
  private static void densities(Path folder, ChartFiles files, Map<ConditionRow, Path> conditions)
      throws IOException {
    Map<ConditionRow, StoredMap> maps = new LinkedHashMap<>();
    for (Map.Entry<ConditionRow, Path> condition : conditions.entrySet()) {
      Optional<StoredMap> map = StoredMap.read(condition.getValue(), ConditionTables.DENSITY);
      map.ifPresent(density -> maps.put(condition.getKey(), density));
    }
    if (maps.isEmpty()) {
      return;
    }
    double top = maps.values().stream().mapToDouble(StoredMap::max).max().orElseThrow();
    Scale scale = Densities.fromZero(top, Densities.TIMES_CHANCE);
    Map<Canvas, List<HeatmapFigure>> byCanvas = new LinkedHashMap<>();
    maps.forEach(
        (row, map) -> {
          String sigma = "σ = " + Densities.text(row.bandwidthPx()) + " px";
          HeatmapFigure figure = new ConditionFigures(row).sequential(sigma, map, scale);
          byCanvas.computeIfAbsent(map.canvas(), k -> new ArrayList<>()).add(figure);
        });
    List<Drawing> rows = new ArrayList<>();
    for (List<HeatmapFigure> figures : byCanvas.values()) {
      for (int from = 0; from < figures.size(); from += MAPS_A_ROW) {
        int to = Math.min(figures.size(), from + MAPS_A_ROW);
        rows.add(new HeatmapRow(figures.subList(from, to)));
      }
    }
    files.write(folder, "densities", new Row(rows, 0, true));
  }
}
