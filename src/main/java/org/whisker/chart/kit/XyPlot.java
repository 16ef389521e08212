package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** An XChart of lines, bands and references, built up series by series. */
public final class XyPlot implements Drawing {
  /** More names than this do not fit below the chart; such lines are told apart in the CSV. */
  private static final int MOST_NAMED = 5;

  public static final int WIDTH = 480;
  static final int HEIGHT = 320;
  private static final Color NONE = new Color(0, 0, 0, 0);

  private static final int SIDE = 12;
  private static final int TITLE = 28;

  /** An invisible series; XChart wants a name for each. */
  private static final String ROUND_TICKS = "\u200b";

  private static final String RULE = "\u200b\u200b";

  private final String title;
  private final int width;
  private final int height;
  private final XYChart chart;
  private final List<Keys.Key> keys = new ArrayList<>();
  private boolean legend = true;

  public XyPlot(String title, String xLabel, String yLabel) {
    this(title, xLabel, yLabel, WIDTH, HEIGHT);
  }

  public XyPlot(String title, String xLabel, String yLabel, int width, int height) {
    this.title = title;
    this.width = width;
    this.height = height;
    chart = new XYChart(width, height);
    chart.setXAxisTitle(xLabel);
    chart.setYAxisTitle(yLabel);
    ChartTheme.apply(chart.getStyler());
    chart.getStyler().setMarkerSize(6);
    chart.getStyler().setyAxisTickLabelsFormattingFunction(XyPlot::plain);
  }

  /** With its leading 0, which XChart leaves out of small numbers. */
  private static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
    return Math.abs(value) < 1e-12 ? "0" : Ticks.label(rounded.stripTrailingZeros());
  }

  public void line(Line line, Color color, boolean markers) {
    Band band = line.band();
    if (band != null) {
      band(line, band, color);
    }
    XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
    series.setLineColor(color);
    series.setLineStyle(Ink.LINE);
    series.setMarkerColor(color);
    boolean dotted = markers || line.x().length == 1;
    series.setMarker(dotted ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    Keys.Mark mark = dotted ? Keys.Mark.DOTTED_LINE : Keys.Mark.LINE;
    keys.add(new Keys.Key(line.name(), color, mark));
    roundTicks(line);
  }

  /**
   * Over evenly spaced x XChart labels every one of them, however many. An invisible point between
   * two keeps it to round numbers.
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

  /** Labels along x only where x is a whole number. */
  public void wholeX() {
    chart
        .getStyler()
        .setxAxisTickLabelsFormattingFunction(
            x -> x == Math.rint(x) ? Long.toString(Math.round(x)) : "");
  }

  /** Points without a line. */
  void points(Line points, Color color) {
    XYSeries series = chart.addSeries(points.name(), points.x(), points.y());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarkerColor(color);
    series.setMarker(SeriesMarkers.CIRCLE);
    chart.getStyler().setMarkerSize(points.x().length > 500 ? 3 : 5);
    keys.add(new Keys.Key(points.name(), color));
  }

  /** A dashed line between two points, named in the legend. */
  public void reference(String name, double x1, double y1, double x2, double y2) {
    XYSeries series = chart.addSeries(name, new double[] {x1, x2}, new double[] {y1, y2});
    series.setLineColor(Ink.MUTED);
    series.setLineStyle(Ink.DASHED);
    series.setMarker(SeriesMarkers.NONE);
    keys.add(new Keys.Key(name, Ink.MUTED, Keys.Mark.DASHES));
  }

  /** A dashed line across at {@code y}, which the axis title explains. */
  public void rule(double x1, double x2, double y) {
    XYSeries series = chart.addSeries(RULE, new double[] {x1, x2}, new double[] {y, y});
    series.setLineColor(Ink.MUTED);
    series.setLineStyle(Ink.DASHED);
    series.setMarker(SeriesMarkers.NONE);
  }

  /** For a plot whose names stand below another. */
  public void hideLegend() {
    legend = false;
  }

  public void xRange(double min, double max) {
    chart.getStyler().setXAxisMin(min);
    chart.getStyler().setXAxisMax(max);
  }

  /** At least so many units between two labels of the x axis; wide plots have too many. */
  public void xTicksApart(int units) {
    chart.getStyler().setXAxisTickMarkSpacingHint(units);
  }

  /** Plots below each other that share an x axis begin at the same place. */
  public void leftWidth(int units) {
    chart.getStyler().setYAxisLeftWidthHint(units);
  }

  public void yFromZero() {
    chart.getStyler().setYAxisMin(0.0);
  }

  public void yRange(double min, double max) {
    chart.getStyler().setYAxisMin(min);
    chart.getStyler().setYAxisMax(max);
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

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  private Keys keys() {
    boolean told = legend && keys.size() > 1 && keys.size() <= MOST_NAMED;
    return new Keys(told ? keys : List.of(), width - 2 * SIDE);
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, SIDE, 20, 0);
    AffineTransform home = g.getTransform();
    int top = title.isEmpty() ? 0 : TITLE;
    int below = keys().height();
    g.translate(0, top);
    chart.paint(g, width, height - top - below);
    g.setTransform(home);
    g.translate(SIDE, height - below);
    keys().paint(g);
    g.setTransform(home);
  }
}
