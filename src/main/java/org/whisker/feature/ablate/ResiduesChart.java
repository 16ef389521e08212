package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.feature.position.ResiduePlot;
import org.whisker.position.result.ResidueRow;

/** {@code residues} of an experiment that observes the residues of its evolved pixels. */
public final class ResiduesChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!Files.exists(folder.resolve(ObservationRow.FILE))) {
      return; // a heatmap, which has its own chart
    }
    List<ResidueRow> rows = ResidueRow.TABLE.readIfThere(folder.resolve(ResidueRow.FILE));
    if (!rows.isEmpty()) {
      List<ResidueRow.TestRow> tests =
          ResidueRow.TestRow.TABLE.readIfThere(folder.resolve(ResidueRow.TestRow.FILE));
      String caption = ExperimentTitle.of(folder).toString();
      files.write(folder, "residues", ResiduePlot.of(caption, rows, tests));
    }
  }
}
