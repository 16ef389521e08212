package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.ExperimentObservations;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;

/**
 * {@code overview} of all experiments: the effects on E and the observations in {@value
 * SummaryRow#FILE}. Margins are those of the experiments' own tables.
 */
public final class OverviewChart implements FolderChart {
  private static final int PARTS_APART = 16;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path summary = folder.resolve(SummaryRow.FILE);
    if (!SummaryRow.TABLE.isIn(summary)) {
      return; // summary.csv of evolution has other columns
    }
    List<SummaryRow> rows = SummaryRow.TABLE.read(summary);
    List<ExperimentObservations> observed = new ArrayList<>();
    double margin = 0;
    for (Done done : experiments(rows)) {
      Path own = folder.resolve(done.model()).resolve(done.experiment());
      margin = Math.max(margin, margin(own));
      observed.add(
          new ExperimentObservations(
              done.experiment(),
              done.model(),
              ObservationRow.TABLE.readIfThere(own.resolve(ObservationRow.FILE))));
    }
    List<Drawing> parts = new ArrayList<>();
    EffectPlot.of(rows, margin).ifPresent(parts::add);
    ObservationPlot.of(observed).ifPresent(parts::add);
    if (!parts.isEmpty()) {
      files.write(folder, "overview", new Row(parts, PARTS_APART, true));
    }
  }

  private record Done(String model, String experiment) {}

  private static Set<Done> experiments(List<SummaryRow> rows) {
    Set<Done> experiments = new LinkedHashSet<>();
    rows.forEach(row -> experiments.add(new Done(row.model(), row.experiment())));
    return experiments;
  }

  /** The equivalence margin for a difference of E. */
  private static double margin(Path experiment) throws IOException {
    return EffectRow.TABLE.readIfThere(experiment.resolve(EffectRow.FILE)).stream()
        .filter(row -> row.measure().startsWith("edge_index"))
        .mapToDouble(row -> row.margin().orElse(0))
        .max()
        .orElse(0);
  }
}
