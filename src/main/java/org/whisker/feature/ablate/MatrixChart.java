package org.whisker.feature.ablate;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
  private static final Swatch NONE = Swatch.of(OPEN, "", "", false, WIDE, HIGH);
  private static final List<String> NOTES =
      List.of(
          "each cell: the verdict of the whole chain; below it whether it is the right one, which"
              + " follows from the formula of the plant",
          "green: right; gray: nothing asserted where a verdict is right; orange: another verdict"
              + " asserted, with the right one; white: the formula does not say; no cell: a plant for"
              + " another hypothesis alone");

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
      List<String> hypotheses = rows.stream().map(MatrixRow::hypothesis).distinct().toList();
      List<Grid.Line> lines =
          Table.by(rows, MatrixRow::plant).entrySet().stream()
              .map(plant -> line(plant.getKey(), plant.getValue(), hypotheses))
              .toList();
      return new Grid(
          "Planted classifiers (rows) and hypotheses (columns)",
          hypotheses.stream().map(name -> new Grid.Name(name, "")).toList(),
          lines,
          NOTES);
    }
  }

  /** The cells of a plant; empty where a plant of one hypothesis is not tried on another. */
  private static Grid.Line line(String plant, List<MatrixRow> tried, List<String> hypotheses) {
    Map<String, MatrixRow> cells =
        tried.stream().collect(Collectors.toMap(MatrixRow::hypothesis, row -> row));
    List<Swatch> swatches =
        hypotheses.stream()
            .map(name -> Optional.ofNullable(cells.get(name)).map(MatrixChart::swatch).orElse(NONE))
            .toList();
    return new Grid.Line(new Grid.Name(plant, ""), swatches, null);
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
