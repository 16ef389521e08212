package org.whisker.feature;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.feature.ablate.ArmDensityMaps;
import org.whisker.feature.ablate.ArmStrips;
import org.whisker.feature.ablate.ClimbPlot;
import org.whisker.feature.ablate.EntryPlots;
import org.whisker.feature.ablate.MovePlots;
import org.whisker.feature.ablate.OverviewChart;
import org.whisker.feature.ablate.RingPlots;
import org.whisker.feature.boundary.CounterfactualCharts;
import org.whisker.feature.boundary.MarginChart;
import org.whisker.feature.boundary.MinimalCharts;
import org.whisker.feature.boundary.PathCharts;
import org.whisker.feature.boundary.PathFilmstrip;
import org.whisker.feature.boundary.SuccessChart;
import org.whisker.feature.boundary.TransferChart;
import org.whisker.feature.diagnose.DiagnosisCharts;
import org.whisker.feature.evolve.RunPictures;
import org.whisker.feature.explain.ComparisonCharts;
import org.whisker.feature.league.LeagueCharts;
import org.whisker.feature.models.FoveationChart;
import org.whisker.feature.models.ReceptiveFieldChart;
import org.whisker.feature.position.ConditionCharts;
import org.whisker.feature.position.HeatmapCharts;
import org.whisker.feature.position.ProbeCharts;
import org.whisker.feature.report.FolderPage;
import org.whisker.feature.saliency.ComparedMaps;
import org.whisker.feature.saliency.MeanProfileCharts;
import org.whisker.feature.saliency.SaliencyCharts;
import org.whisker.feature.train.EvaluationCharts;
import org.whisker.feature.train.TrainingChart;

/**
 * All charts that are drawn from the tables of a folder, and a text that describes these tables. To
 * add a chart, add a line to the list.
 */
public final class FolderCharts implements FolderChart {
  private static final List<FolderChart> ALL =
      List.of(
          new RunPictures(),
          new ConditionCharts(),
          new HeatmapCharts(),
          new ProbeCharts(),
          new DiagnosisCharts(),
          new TrainingChart(),
          new EvaluationCharts(),
          new FoveationChart(),
          new ReceptiveFieldChart(),
          new PathCharts(),
          new PathFilmstrip(),
          new MarginChart(),
          new MinimalCharts(),
          new CounterfactualCharts(),
          new SuccessChart(),
          new TransferChart(),
          new SaliencyCharts(),
          new MeanProfileCharts(),
          new ComparedMaps(),
          ArmStrips::draw,
          ClimbPlot::draw,
          EntryPlots::draw,
          ArmDensityMaps::draw,
          MovePlots::draw,
          RingPlots::drawDose,
          RingPlots::draw,
          new OverviewChart(),
          new LeagueCharts(),
          new ComparisonCharts(),
          new ColumnsFile(),
          new FolderPage());

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    ChartFiles.ofTables(
        folder,
        () -> {
          for (FolderChart chart : ALL) {
            chart.draw(folder, files);
          }
          return folder;
        });
  }

  /**
   * Draws the charts of the tables in {@code folder} beside them, as its manifest asks. Subfolders
   * are not searched.
   *
   * @throws IOException naming file and line when a table can't be read, or when a chart can't be
   *     written
   */
  public static void draw(Path folder) throws IOException {
    new FolderCharts().draw(folder, ChartFiles.of(folder));
  }
}
