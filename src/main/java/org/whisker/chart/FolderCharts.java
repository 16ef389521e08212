package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.chart.boundary.CounterfactualCharts;
import org.whisker.chart.boundary.MarginChart;
import org.whisker.chart.boundary.MinimalCharts;
import org.whisker.chart.boundary.PathCharts;
import org.whisker.chart.boundary.PathFilmstrip;
import org.whisker.chart.boundary.RobustnessChart;
import org.whisker.chart.boundary.SliceChart;
import org.whisker.chart.boundary.SuccessChart;
import org.whisker.chart.boundary.TransferChart;
import org.whisker.chart.evolve.RunPictures;
import org.whisker.chart.experiment.ArmDensityMaps;
import org.whisker.chart.experiment.ArmStrips;
import org.whisker.chart.experiment.ClimbPlot;
import org.whisker.chart.experiment.MatrixChart;
import org.whisker.chart.experiment.MovePlots;
import org.whisker.chart.experiment.OverviewChart;
import org.whisker.chart.experiment.ResiduesChart;
import org.whisker.chart.experiment.RingPlots;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.model.EvaluationCharts;
import org.whisker.chart.model.FoveationChart;
import org.whisker.chart.model.ReceptiveFieldChart;
import org.whisker.chart.model.TrainingChart;
import org.whisker.chart.population.PopulationCharts;
import org.whisker.chart.position.ConditionCharts;
import org.whisker.chart.position.HeatmapCharts;
import org.whisker.chart.position.ProbeCharts;
import org.whisker.chart.report.ComparisonCharts;
import org.whisker.chart.saliency.MeanProfileCharts;
import org.whisker.chart.saliency.SaliencyCharts;

/**
 * All charts that are drawn from the tables of a folder. To add a chart, add a line to the list.
 */
public final class FolderCharts implements FolderChart {
  private static final List<FolderChart> ALL =
      List.of(
          new RunPictures(),
          new ConditionCharts(),
          new HeatmapCharts(),
          new ProbeCharts(),
          new TrainingChart(),
          new EvaluationCharts(),
          new FoveationChart(),
          new ReceptiveFieldChart(),
          new PathCharts(),
          new PathFilmstrip(),
          new SliceChart(),
          new MarginChart(),
          new MinimalCharts(),
          new CounterfactualCharts(),
          new RobustnessChart(),
          new SuccessChart(),
          new TransferChart(),
          new SaliencyCharts(),
          new MeanProfileCharts(),
          new ArmStrips.Chart(),
          new ClimbPlot.Chart(),
          new ArmDensityMaps.Chart(),
          new MovePlots.Chart(),
          new ResiduesChart(),
          new RingPlots.Chart(),
          new OverviewChart(),
          new MatrixChart(),
          new PopulationCharts(),
          new ComparisonCharts());

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    for (FolderChart chart : ALL) {
      chart.draw(folder, files);
    }
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
