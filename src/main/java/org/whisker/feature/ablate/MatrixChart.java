package org.whisker.feature.ablate;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.matrix.MatrixPlot.Swatch;
import org.whisker.selfcheck.PlantedMatrix.MatrixRow;
import org.whisker.table.Table;

/** {@code matrix.png} of {@code matrix.csv}: planted classifiers against hypotheses. */
public final class MatrixChart implements FolderChart {
  private static final int WIDE = 96;
  private static final int HIGH = 38;
  private static final Color OPEN = new Color(0xffffff);
  private static final Map<String, Color> GROUNDS =
      Map.of(
          "right", new Color(0xcfe8d8),
          "wrong", new Color(0xd55e00),
          "undecided", new Color(0xe1e4e8));
  private static final List<String> NOTES =
      List.of(
          "each cell: the verdict of the whole chain; below it whether it is the right one, which"
              + " follows from the formula of the plant",
          "green: right; gray: nothing asserted where a verdict is right; orange: another verdict"
              + " asserted, with the right one; white: the formula does not say");

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(MatrixRow.FILE);
    List<MatrixRow> rows = MatrixRow.TABLE.isIn(table) ? MatrixRow.TABLE.read(table) : List.of();
    if (!rows.isEmpty()) {
      files.write(folder, "matrix", new Plot(rows));
    }
  }

  private record Plot(List<MatrixRow> rows) implements Composed {
    @Override
    public Drawing drawing() {
      Map<String, List<MatrixRow>> plants = Table.by(rows, MatrixRow::plant);
      List<Grid.Name> columns =
          plants.values().iterator().next().stream()
              .map(row -> new Grid.Name(row.hypothesis(), ""))
              .toList();
      List<Grid.Line> lines =
          plants.entrySet().stream()
              .map(
                  plant ->
                      new Grid.Line(
                          new Grid.Name(plant.getKey(), ""),
                          plant.getValue().stream().map(MatrixChart::swatch).toList(),
                          null))
              .toList();
      return new Grid("Planted classifiers (rows) and hypotheses (columns)", columns, lines, NOTES);
    }
  }

  private static Swatch swatch(MatrixRow row) {
    String below =
        switch (row.outcome()) {
          case "wrong" -> "right: " + words(row.expected());
          case "open" -> "";
          default -> row.outcome();
        };
    Color ground = GROUNDS.getOrDefault(row.outcome(), OPEN);
    return Swatch.of(ground, words(row.seen()), below, row.isWrong(), WIDE, HIGH);
  }

  private static String words(String label) {
    return label.replace('_', ' ');
  }
}
