package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.Transfer;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.matrix.MatrixPlot;
import org.whisker.io.Decimals;
import org.whisker.table.Table;

/**
 * {@code transfer.png} of {@code transfer.csv}: sets of images against the paddings of the models
 * that score them, a matrix a model.
 */
public final class TransferChart implements FolderChart {
  private static final int ACROSS = 2;
  private static final int GAP = 16;
  private static final String SEPARATOR = ", ";
  private static final List<String> NOTES =
      List.of(
          "rows: images; in each cell their mean p(target), below it how many of them are cats (p(target)"
              + " of ½ or more)",
          "colour: mean p(target), red towards the target, white at ½, blue away from it",
          "framed: the model, with its own padding, that the images were evolved on");

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(Transfer.Summary.FILE);
    List<Transfer.Summary> rows =
        Transfer.Summary.TABLE.isIn(table) ? Transfer.Summary.TABLE.read(table) : List.of();
    if (rows.isEmpty()) {
      return;
    }
    List<Drawing> models =
        byTarget(Transfer.Summary.sources(rows)).entrySet().stream()
            .map(target -> matrix(target.getKey(), target.getValue()))
            .toList();
    files.write(folder, "transfer", new Captioned(Row.lines(ACROSS, GAP, 0, models), NOTES));
  }

  /** What each model scored: the rows of each source of images. */
  private static Map<String, List<List<Transfer.Summary>>> byTarget(
      List<List<Transfer.Summary>> sources) {
    Map<String, List<List<Transfer.Summary>>> targets = new LinkedHashMap<>();
    for (List<Transfer.Summary> source : sources) {
      Map<String, List<Transfer.Summary>> own = Table.by(source, Transfer.Summary::target);
      own.forEach(
          (target, rows) -> targets.computeIfAbsent(target, t -> new ArrayList<>()).add(rows));
    }
    return targets;
  }

  private static Drawing matrix(String target, List<List<Transfer.Summary>> sources) {
    return new MatrixPlot(
        "scored by " + target,
        sources.stream().map(row -> name(row.get(0).source())).toList(),
        sources.get(0).stream().map(row -> new Grid.Name(row.padding(), "padding")).toList(),
        sources.stream().map(row -> row.stream().map(TransferChart::cell).toList()).toList(),
        ColorMap.P_TARGET,
        List.of());
  }

  /** The name of a set of images, with what was done to it on a line of its own. */
  private static Grid.Name name(String source) {
    int comma = source.lastIndexOf(SEPARATOR);
    return comma < 0
        ? new Grid.Name(source, "")
        : new Grid.Name(source.substring(0, comma), source.substring(comma + SEPARATOR.length()));
  }

  private static MatrixPlot.Cell cell(Transfer.Summary row) {
    return new MatrixPlot.Cell(
        row.meanPTarget(),
        Decimals.fixed(row.meanPTarget(), 3),
        row.cats() + " of " + row.images(),
        row.isOwn());
  }
}
