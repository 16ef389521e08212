package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.ablation.result.CarrierTables.CarrierRow;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.matrix.MatrixPlot;
import org.whisker.io.Decimals;
import org.whisker.page.Section.Figure;

/** Activation patching as matrices of layers by rings, all on one scale. */
final class CarrierFigures {
  private static final Scale SCALE = Scale.symmetric(1, "share restored");
  private static final int BAR = 160;
  private static final int GAP = 12;
  private static final double ALPHA = 0.05;

  private final ReportFolder folder;
  private final String experiment;

  CarrierFigures(ReportFolder folder, String experiment) {
    this.folder = folder;
    this.experiment = experiment;
  }

  /** One figure for all directions; empty without rows. */
  Optional<Figure> matrices() throws IOException {
    List<Panel> panels = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + experiment + "/" + CarrierRow.FILE;
      Map<String, List<CarrierRow>> directions =
          folder.read(CarrierRow.TABLE, file).stream()
              .collect(
                  Collectors.groupingBy(
                      CarrierRow::direction, LinkedHashMap::new, Collectors.toList()));
      directions.forEach((direction, rows) -> panels.addAll(panels(model, direction, rows)));
      csv = csv == null && !directions.isEmpty() ? file : csv;
    }
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                panels,
                "Share of the evidence restored by layer and rings",
                "Activation patching: how far the logit goes from that of the picture that receives"
                    + " activations to that of the one that gives them, by the layer and the rings"
                    + " of positions that are exchanged, the border first. The lower number of a cell is that"
                    + " of as many random positions. Framed: they differ (p ≤ 0.05, corrected).",
                csv));
  }

  private static List<Panel> panels(String model, String direction, List<CarrierRow> rows) {
    String title = model + ": " + direction;
    List<CarrierRow> bands = rows.stream().filter(CarrierRow::isBand).toList();
    List<CarrierRow> outer = rows.stream().filter(row -> row.ringFrom() == 0).toList();
    return Stream.of(
            matrix(title + ", rings", bands, false),
            matrix(title + ", all outer rings", outer, true))
        .map(drawing -> new Panel(drawing.svg()))
        .toList();
  }

  private static Drawing matrix(String title, List<CarrierRow> rows, boolean outer) {
    Map<String, List<CarrierRow>> layers =
        rows.stream()
            .collect(
                Collectors.groupingBy(CarrierRow::layer, LinkedHashMap::new, Collectors.toList()));
    List<Grid.Name> names = new ArrayList<>();
    List<List<MatrixPlot.Cell>> cells = new ArrayList<>();
    int most = layers.values().stream().mapToInt(List::size).max().orElse(0);
    layers.forEach(
        (layer, own) -> {
          names.add(new Grid.Name(layer, own.get(0).rows() + " × " + own.get(0).columns()));
          cells.add(line(own, most));
        });
    List<Grid.Name> columns = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      columns.add(new Grid.Name(outer ? "outer " + (1 << i) : band(i), ""));
    }
    Drawing matrix =
        new MatrixPlot(title, names, columns, cells, ColorMap.RATIO, List.of()).drawing();
    return Row.across(GAP, List.of(matrix, new ColorBar(SCALE, ColorMap.RATIO, BAR)));
  }

  private static String band(int number) {
    return number == 0
        ? "ring 1"
        : number == 1
            ? "ring 2"
            : String.format(Locale.ROOT, "rings %d–%d", (1 << (number - 1)) + 1, 1 << number);
  }

  private static List<MatrixPlot.Cell> line(List<CarrierRow> rows, int most) {
    List<MatrixPlot.Cell> cells = new ArrayList<>();
    for (CarrierRow row : rows) {
      cells.add(
          new MatrixPlot.Cell(
              Math.max(0, Math.min(1, SCALE.position(row.restored()))),
              Decimals.wholePercent(row.restored()),
              "random " + Decimals.wholePercent(row.random()),
              row.pHolm() <= ALPHA));
    }
    while (cells.size() < most) {
      cells.add(new MatrixPlot.Cell(0.5, "", "", false));
    }
    return cells;
  }
}
