package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.feature.position.DosePlot;
import org.whisker.position.result.DoseTables.DoseRow;

/** {@code dose} of an experiment that adds pixels zone by zone. */
public final class DoseChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!Files.exists(folder.resolve(ObservationRow.FILE))) {
      return; // a probe, which has its own chart
    }
    List<DoseRow> rows = DoseRow.TABLE.readIn(folder);
    if (!rows.isEmpty()) {
      files.write(folder, "dose", DosePlot.all(rows, ExperimentTitle.of(folder).toString()));
    }
  }
}
