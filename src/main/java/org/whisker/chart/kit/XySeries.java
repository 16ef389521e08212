package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.whisker.chart.kit.Line.Band;

/** The series of an XChart, in the figures' colours. */
final class XySeries {
  private static final Color NONE = new Color(0, 0, 0, 0);
  private static final String ROUND_TICKS = "\u200b";
  private static final BasicStroke UPRIGHT = new BasicStroke(1.5f);
  private static final int MARKER = 6;
  private static final int MANY_POINTS = 500;

  private final XYChart chart;

  XySeries(XYChart chart) {
    this.chart = chart;
    chart.getStyler().setMarkerSize(MARKER);
  }

  void line(Line line, Color color, boolean dotted) {
    Band band = line.band();
    if (band != null) {
      band(line, band, color);
    }
    XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
    series.setLineColor(color);
    series.setLineStyle(Ink.LINE);
    series.setMarkerColor(color);
    series.setMarker(dotted ? marker(color) : SeriesMarkers.NONE);
    roundTicks(line);
  }

  /** The marker of a colour, of the same shape as {@link Ink#mark} draws. */
  private static Marker marker(Color color) {
    return switch (Ink.shape(color)) {
      case DISC -> SeriesMarkers.CIRCLE;
      case SQUARE -> SeriesMarkers.SQUARE;
      case DIAMOND -> SeriesMarkers.DIAMOND;
      case TRIANGLE -> SeriesMarkers.TRIANGLE_UP;
    };
  }

  /**
   * Adds an invisible point between two evenly spaced x: without it, XChart labels every value,
   * however many, and with it, it uses round numbers.
   */
  private void roundTicks(Line line) {
    double[] x = line.x();
    if (chart.getSeriesMap().containsKey(ROUND_TICKS) || x.length < 3) {
      return;
    }
    double between = x[0] + (x[1] - x[0]) / Math.E;
    double y = Arrays.stream(line.y()).filter(Double::isFinite).findFirst().orElse(0);
    XYSeries series = chart.addSeries(ROUND_TICKS, new double[] {between}, new double[] {y});
    series.setLineColor(NONE);
    series.setMarker(SeriesMarkers.NONE);
  }

  void points(Line points, Color color) {
    XYSeries series = chart.addSeries(points.name(), points.x(), points.y());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarkerColor(color);
    series.setMarker(SeriesMarkers.CIRCLE);
    chart.getStyler().setMarkerSize(points.x().length > MANY_POINTS ? 3 : 5);
  }

  /** Marks in the shape of their colour. */
  void marks(Line points, Color color) {
    XYSeries series = chart.addSeries(points.name(), points.x(), points.y());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarkerColor(color);
    series.setMarker(marker(color));
  }

  void dashes(String name, double x1, double y1, double x2, double y2) {
    XYSeries series = chart.addSeries(name, new double[] {x1, x2}, new double[] {y1, y2});
    series.setLineColor(Ink.MUTED);
    series.setLineStyle(Ink.DASHED);
    series.setMarker(SeriesMarkers.NONE);
  }

  void intervals(Line line, Color color) {
    Band band = line.band();
    for (int i = 0; band != null && i < band.size(); i++) {
      double[] x = {line.x()[i], line.x()[i]};
      double[] y = {band.low()[i], band.high()[i]};
      XYSeries series = chart.addSeries(line.name() + " (interval " + i + ")", x, y);
      series.setLineColor(Ink.faint(color, 150));
      series.setLineStyle(UPRIGHT);
      series.setMarker(SeriesMarkers.NONE);
    }
  }

  private void band(Line line, Band band, Color color) {
    int n = band.size();
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    for (int i = 0; i < n; i++) {
      x[i] = x[2 * n - 1 - i] = line.x()[i];
      y[i] = band.low()[i];
      y[2 * n - 1 - i] = band.high()[i];
    }
    XYSeries series = chart.addSeries(line.name() + " (interval)", x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(Ink.faint(color, 48));
    series.setLineColor(NONE);
    series.setLineStyle(new BasicStroke(0f));
    series.setMarker(SeriesMarkers.NONE);
  }
}
