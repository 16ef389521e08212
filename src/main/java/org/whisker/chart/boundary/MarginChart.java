package org.whisker.chart.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.boundary.Margin;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.io.Manifest;

/** {@code margins.png} of {@code margins.csv} and its summary. */
public final class MarginChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path margins = folder.resolve(Margin.OfImage.FILE);
    Path summary = folder.resolve(Margin.Summary.FILE);
    if (!Margin.OfImage.TABLE.isIn(margins) || !Margin.Summary.TABLE.isIn(summary)) {
      return;
    }
    List<Margin.OfImage> rows = Margin.OfImage.TABLE.read(margins);
    files.write(
        folder,
        "margins",
        new MarginPlot(
            "Margins of " + Manifest.text(folder, "/model/name"),
            rows,
            Margin.Summary.TABLE.read(summary),
            maxFlips(folder, rows)));
  }

  private static int maxFlips(Path folder, List<Margin.OfImage> rows) throws IOException {
    String most = Manifest.text(folder, "/max_flips");
    return most.isEmpty()
        ? rows.stream().mapToInt(row -> row.margin().flips().orElse(1)).max().orElse(1)
        : Integer.parseInt(most);
  }
}
