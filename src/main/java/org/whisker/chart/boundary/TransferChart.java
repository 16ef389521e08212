package org.whisker.chart.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.chart.kit.FolderChart;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.MatrixPlot;
import org.whisker.io.Decimals;
import org.whisker.table.boundary.TransferRow;

/**
 * {@code transfer.png} of {@code transfer.csv}: sets of images against the models that score them.
 */
public final class TransferChart implements FolderChart {
  private static final List<String> NOTES =
      List.of(
          "mean p(cat) of the images; below it how many of them are cats (p(cat) of ½ or more)",
          "colour: mean p(cat), blue towards cat, white at ½, red away from it",
          "framed: the model, with its own padding, that the images were evolved on");

  @Override
  public void draw(Path folder) throws IOException {
    Path table = folder.resolve(TransferRow.FILE);
    List<TransferRow> rows =
        TransferRow.TABLE.isIn(table) ? TransferRow.TABLE.read(table) : List.of();
    if (rows.isEmpty()) {
      return;
    }
    List<List<TransferRow>> sources = TransferRow.sources(rows);
    new MatrixPlot(
            "Images (rows) scored by other models (columns)",
            sources.stream().map(row -> row.get(0).source()).toList(),
            sources.get(0).stream().map(TransferChart::target).toList(),
            sources.stream().map(row -> row.stream().map(TransferChart::cell).toList()).toList(),
            NOTES)
        .writePng(folder.resolve("transfer.png"));
  }

  private static Grid.Name target(TransferRow row) {
    return new Grid.Name(row.target(), row.padding() + " padding");
  }

  private static MatrixPlot.Cell cell(TransferRow row) {
    return new MatrixPlot.Cell(
        1 - row.meanPCat(),
        Decimals.fixed(row.meanPCat(), 3),
        row.cats() + " of " + row.images(),
        row.isOwn());
  }
}
