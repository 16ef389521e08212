package org.whisker.chart.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.Removals;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.ImageFiles;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;

/**
 * Charts of {@code minimal.csv}: {@code minimal.png}, number of pixels by starting image; {@code
 * sets.png}, the smallest sets.
 */
public final class MinimalCharts implements FolderChart {
  private static final int ACROSS = 5;
  private static final int GAP = 18;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(MinimalSearch.Outcome.OfStart.FILE);
    if (!MinimalSearch.Outcome.OfStart.TABLE.isIn(table)) {
      return;
    }
    List<MinimalSearch.Outcome.OfStart> rows = MinimalSearch.Outcome.OfStart.TABLE.read(table);
    String title = "Smallest sets found, " + Manifest.text(folder, "/model/name");
    files.write(folder, "minimal", new MinimalPlot(title, rows));
    List<Drawing> strips = new ArrayList<>();
    for (List<MinimalSearch.Outcome.OfStart> sets :
        MinimalSearch.Outcome.OfStart.smallestFirst(rows).values()) {
      if (!sets.isEmpty()) {
        strips.add(strip(folder, sets));
      }
    }
    if (!strips.isEmpty()) {
      files.write(folder, "sets", new Row(strips, 2 * GAP, true));
    }
  }

  private static Drawing strip(Path folder, List<MinimalSearch.Outcome.OfStart> sets)
      throws IOException {
    List<Drawing> figures = new ArrayList<>();
    for (MinimalSearch.Outcome.OfStart row : sets) {
      figures.add(figure(folder, row));
    }
    return Row.lines(ACROSS, GAP, GAP, figures);
  }

  private static Drawing figure(Path folder, MinimalSearch.Outcome.OfStart row) throws IOException {
    int pixels = row.pixels().orElseThrow();
    String edge =
        row.edgeIndex().isPresent()
            ? ", E " + Decimals.fixed(row.edgeIndex().getAsDouble(), 3)
            : "";
    return PictureFigure.of(
        ImageFiles.readGray(folder.resolve(row.set() + ".png")),
        pixels + (pixels == 1 ? " pixel" : " pixels") + edge,
        "p(cat) "
            + Decimals.fixed(row.pCat().orElseThrow(), 4)
            + (row.target() == 0.5 ? " ≥ ½" : " ≥ " + Decimals.shortest(row.target())),
        "start: " + row.start(),
        row.oneMinimal() == Removals.OneMinimal.YES ? "1-minimal" : "not 1-minimal");
  }
}
