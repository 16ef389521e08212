package org.whisker.chart.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.table.experiment.ArmRow;
import org.whisker.table.experiment.ArmSummaryRow;
import org.whisker.table.experiment.EffectRow;

/**
 * {@code edge-index} of an experiment whose arms are compared: E and p(cat) of every run, and E of
 * the operators under a flat fitness.
 */
public final class ArmStripsChart implements FolderChart {
  private static final int GAP = 12;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    List<ArmRow> rows = ArmRow.TABLE.readIfThere(folder.resolve(ArmRow.FILE));
    List<ArmSummaryRow> summaries =
        ArmSummaryRow.TABLE.readIfThere(folder.resolve(ArmSummaryRow.FILE));
    if (Files.exists(folder.resolve(EffectRow.FILE)) && !summaries.isEmpty()) {
      List<Drawing> strips = strips(ExperimentTitle.of(folder), ArmLane.of(rows, summaries));
      if (!strips.isEmpty()) {
        files.write(folder, "edge-index", Row.across(GAP, strips));
      }
    }
  }

  private static List<Drawing> strips(ExperimentTitle title, List<ArmLane> lanes) {
    List<ArmLane> evolved = lanes.stream().filter(lane -> !lane.isFlat()).toList();
    List<ArmLane> flat = lanes.stream().filter(ArmLane::isFlat).toList();
    List<Drawing> strips = new ArrayList<>();
    if (!evolved.isEmpty()) {
      add(ArmStrips.edge(title + ": final images, cats or not", evolved), strips);
      add(ArmStrips.cats("and of images at equal p(cat)", evolved), strips);
      add(ArmStrips.confidence("and p(cat) reached by the search", evolved), strips);
    }
    if (!flat.isEmpty()) {
      add(ArmStrips.edge(title + ": under a flat fitness, without a network", flat), strips);
    }
    return strips;
  }

  private static void add(Optional<Drawing> strip, List<Drawing> strips) {
    strip.ifPresent(strips::add);
  }
}
