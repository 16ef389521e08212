package org.whisker.chart.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.table.experiment.ArmDensity;

/**
 * {@code heatmaps} of an experiment: the spatial density of the pixels of each arm's final images.
 */
public final class ArmMapsChart implements FolderChart {
  private static final int A_ROW = 4;
  private static final int GAP = 16;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    ExperimentTitle title = ExperimentTitle.of(folder);
    List<ArmDensity> arms = ArmDensity.read(folder);
    List<ArmDensityMaps.OfModel> maps =
        arms.stream()
            .filter(arm -> arm.density().isPresent())
            .map(arm -> new ArmDensityMaps.OfModel(title.model(), arm))
            .toList();
    if (!maps.isEmpty()) {
      Drawing rows = rows(new ArmDensityMaps(maps).drawings());
      files.write(folder, "heatmaps", new Captioned(rows, captions(title, arms)));
    }
  }

  private static Drawing rows(List<Drawing> maps) {
    List<Drawing> rows = new ArrayList<>();
    for (int from = 0; from < maps.size(); from += A_ROW) {
      rows.add(Row.across(GAP, maps.subList(from, Math.min(maps.size(), from + A_ROW))));
    }
    return new Row(rows, GAP, true);
  }

  private static List<String> captions(ExperimentTitle title, List<ArmDensity> arms) {
    List<String> lines = new ArrayList<>();
    lines.add(
        title
            + ": density of black pixels in the final images, each run with the same weight,"
            + " smoothed by 1/32 of the canvas");
    List<String> white =
        arms.stream().filter(a -> a.density().isEmpty()).map(ArmDensity::arm).toList();
    if (!white.isEmpty()) {
      lines.add("without a black pixel in any run: " + String.join(", ", white));
    }
    return lines;
  }
}
