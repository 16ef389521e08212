package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;

/** Bars in groups, one group a bin, against a dashed reference. */
final class BarPlot implements Drawing {
  private final CategoryChart chart;

  BarPlot(
      String title,
      String xLabel,
      String yLabel,
      List<String> bins,
      Map<String, List<Double>> series,
      double reference,
      String referenceName) {
    chart = new CategoryChart(XyPlot.WIDTH, XyPlot.HEIGHT);
    chart.setTitle(title);
    chart.setXAxisTitle(xLabel + "  (dashed: " + referenceName + ")");
    chart.setYAxisTitle(yLabel);
    ChartTheme.apply(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.8);
    series.forEach((name, values) -> bars(name, bins, values));
    // a series of its own would take the room of a bar in every group
    chart.getStyler().setAnnotationLineColor(Ink.MUTED);
    chart.getStyler().setAnnotationLineStroke(Ink.DASHED);
    chart.addAnnotation(new AnnotationLine(reference, false, false));
  }

  private void bars(String name, List<String> bins, List<Double> values) {
    if (values.size() != bins.size()) {
      throw new IllegalArgumentException(
          name + " has " + values.size() + " bars for " + bins.size() + " bins");
    }
    Color color = Ink.series(chart.getSeriesMap().size());
    CategorySeries series = chart.addSeries(name, bins, values);
    series.setFillColor(color);
    series.setLineColor(color);
  }

  @Override
  public int width() {
    return chart.getWidth();
  }

  @Override
  public int height() {
    return chart.getHeight();
  }

  @Override
  public void paint(Graphics2D g) {
    chart.getStyler().setLegendVisible(chart.getSeriesMap().size() > 1);
    chart.paint(g, chart.getWidth(), chart.getHeight());
  }
}
