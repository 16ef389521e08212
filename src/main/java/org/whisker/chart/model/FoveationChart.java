package org.whisker.chart.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.file.FolderManifest;
import org.whisker.table.model.FoveationTables;

/**
 * Charts of {@link FoveationTables}: {@code foveation.png}, and one map per padding, all on a
 * common scale.
 */
public final class FoveationChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!FoveationTables.in(folder)) {
      return;
    }
    FoveationTables tables = FoveationTables.read(folder);
    String subject =
        FolderManifest.text(folder, "/network") + " to " + FolderManifest.text(folder, "/layer");
    FoveationFigure figure = new FoveationFigure(subject, tables);
    for (Map.Entry<String, double[]> map : tables.maps().entrySet()) {
      files.write(
          folder,
          FoveationTables.STEM + "_" + map.getKey(),
          figure.map(subject + ", " + map.getKey() + " padding", map.getValue()));
    }
    files.write(folder, FoveationTables.STEM, figure.all());
  }
}
