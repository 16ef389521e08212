package org.whisker.chart.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.table.experiment.EdgeAtConfidenceRow;

/** {@code edge-at-p} of an experiment: E of its arms at equal p(cat). */
public final class ClimbChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    List<EdgeAtConfidenceRow> rows =
        EdgeAtConfidenceRow.TABLE.readIfThere(folder.resolve(EdgeAtConfidenceRow.FILE));
    Optional<Drawing> plot =
        rows.isEmpty()
            ? Optional.empty()
            : ClimbPlot.arms(ExperimentTitle.of(folder) + ": E at equal p(cat)", rows);
    if (plot.isPresent()) {
      files.write(folder, "edge-at-p", plot.get());
    }
  }
}
