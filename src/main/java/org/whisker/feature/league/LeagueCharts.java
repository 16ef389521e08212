package org.whisker.feature.league;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.matrix.MatrixPlot;
import org.whisker.chart.kit.matrix.MatrixPlot.Cell;
import org.whisker.feature.league.LeagueTables.LeagueRow;
import org.whisker.io.Manifest;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** {@code league-MODEL.png}: the runs of each search that reach a cat, by images scored. */
public final class LeagueCharts implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(LeagueRow.FILE);
    if (!LeagueRow.TABLE.isIn(table)) {
      return;
    }
    Map<String, List<LeagueRow>> models = by(LeagueRow.TABLE.read(table), LeagueRow::model);
    for (Map.Entry<String, List<LeagueRow>> model : models.entrySet()) {
      files.write(
          folder,
          "league-" + model.getKey().replaceAll("[^\\p{Alnum}.-]", "_"),
          plot(model.getKey(), model.getValue(), Manifest.text(folder, "/configuration/target")));
    }
  }

  private static Drawing plot(String model, List<LeagueRow> rows, String target) {
    Map<String, List<LeagueRow>> searches = by(rows, LeagueRow::search);
    List<Grid.Name> columns =
        searches.values().iterator().next().stream()
            .map(row -> new Grid.Name(Text.of("%,d", row.images()), "images"))
            .toList();
    return new MatrixPlot(
        model + ": runs that reach the target, by images scored",
        searches.keySet().stream().map(search -> new Grid.Name(search, "")).toList(),
        columns,
        searches.values().stream()
            .map(line -> line.stream().map(LeagueCharts::cell).toList())
            .toList(),
        ColorMap.SEQUENTIAL,
        List.of(
            "large: runs that reach p(target) "
                + target
                + " within so many images; brighter is more",
            "small: runs that reach p(target) 0.5"));
  }

  private static Cell cell(LeagueRow row) {
    return new Cell(
        row.share(),
        row.atTarget() + " of " + row.runs(),
        "½: " + row.atHalf() + " of " + row.runs(),
        false);
  }

  private static Map<String, List<LeagueRow>> by(
      List<LeagueRow> rows, Function<LeagueRow, String> key) {
    return Table.by(rows, key);
  }
}
