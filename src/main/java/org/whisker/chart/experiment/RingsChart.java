package org.whisker.chart.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.table.experiment.RingRow;

/** {@code rings} of an experiment that measures the effect of black pixels by edge rank. */
public final class RingsChart implements FolderChart {
  private static final int GAP = 8;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    List<RingRow> rows = RingRow.TABLE.readIfThere(folder.resolve(RingRow.FILE));
    Map<String, List<RingRow>> model = Map.of(ExperimentTitle.of(folder).model(), rows);
    List<Drawing> drawings = new ArrayList<>();
    RingPlots.alone(model, true).ifPresent(drawings::add);
    RingPlots.contribution(model).ifPresent(drawings::add);
    if (!drawings.isEmpty()) {
      String caption =
          ExperimentTitle.of(folder)
              + "; band: 95 % interval over runs, where at least four runs have a pixel";
      files.write(folder, "rings", new Captioned(Row.across(GAP, drawings), List.of(caption)));
    }
  }
}
