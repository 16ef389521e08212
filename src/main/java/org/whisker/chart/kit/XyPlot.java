package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Lines, bands and reference lines over two axes, with a title above and a legend below. */
public final class XyPlot implements Drawing {
  /** More names than this do not fit below the chart; the CSV then identifies the lines. */
  public static final int MOST_NAMED = 6; // as many as there are colours

  public static final int WIDTH = 480;
  static final int HEIGHT = 320;

  private static final int SIDE = 12;
  private static final int TITLE = 28;
  private static final int Y_LABEL = 17;
  private static final int X_AXIS = 42;

  /** XChart requires a name for each series. */
  private static final String RULE = "\u200b\u200b";

  private final String title;
  private final String yLabel;
  private final int width;
  private final int height;
  private final XYChart chart;
  private final XySeries series;
  private final List<Keys.Key> keys = new ArrayList<>();
  private boolean legend = true;
  private int left;

  public XyPlot(String title, String xLabel, String yLabel) {
    this(title, xLabel, yLabel, WIDTH, HEIGHT);
  }

  public XyPlot(String title, String xLabel, String yLabel, int width, int height) {
    this.title = title;
    this.yLabel = yLabel;
    this.width = width;
    this.height = height;
    chart = new XYChart(width, height);
    series = new XySeries(chart);
    chart.setXAxisTitle(xLabel);
    ChartTheme.apply(chart.getStyler());
    chart.getStyler().setxAxisTickLabelsFormattingFunction(XyPlot::plain);
    chart.getStyler().setyAxisTickLabelsFormattingFunction(XyPlot::plain);
  }

  /** With a leading 0, which XChart omits from small numbers, and a true minus sign. */
  private static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
    return Math.abs(value) < 1e-12 ? "0" : Ticks.label(rounded.stripTrailingZeros());
  }

  /** A line with its interval, if any, as a band. */
  public void line(Line line, Color color, boolean markers) {
    boolean dotted = markers || line.x().length == 1;
    series.line(line, color, dotted);
    Keys.Mark mark = dotted ? Keys.Mark.DOTTED_LINE : Keys.Mark.LINE;
    keys.add(new Keys.Key(line.name(), color, mark));
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
    series.points(points, color);
    keys.add(new Keys.Key(points.name(), color));
  }

  /** A dashed line between two points, named in the legend. */
  public void reference(String name, double x1, double y1, double x2, double y2) {
    series.dashes(name, x1, y1, x2, y2);
    keys.add(new Keys.Key(name, Ink.MUTED, Keys.Mark.DASHES));
  }

  /** A dashed horizontal line at {@code y}, which the axis title explains. */
  public void rule(double x1, double x2, double y) {
    series.dashes(RULE, x1, y, x2, y);
  }

  /** Hides the legend, for a plot whose names are below another plot. */
  public void hideLegend() {
    legend = false;
  }

  public void xRange(double min, double max) {
    chart.getStyler().setXAxisMin(min);
    chart.getStyler().setXAxisMax(max);
  }

  /** A logarithmic x axis; every x, and the range, must be above 0. */
  public void logarithmicX() {
    chart.getStyler().setXAxisLogarithmic(true);
    // with a function of its own XChart would put ticks where they are on a linear axis
    chart.getStyler().setxAxisTickLabelsFormattingFunction(null);
    chart.getStyler().setXAxisDecimalPattern("0.######");
  }

  /** Minimum distance in units between two labels of the x axis; wide plots would have too many. */
  public void xTicksApart(int units) {
    chart.getStyler().setXAxisTickMarkSpacingHint(units);
  }

  /** The left margin of the plot area, so that stacked plots are aligned. */
  public void leftWidth(int units) {
    left = units;
  }

  public void yFromZero() {
    chart.getStyler().setYAxisMin(0.0);
  }

  public void yRange(double min, double max) {
    chart.getStyler().setYAxisMin(min);
    chart.getStyler().setYAxisMax(max);
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
    int high = height - top - below;
    Ink.upwards(g, yLabel, Ink.LABEL, Ink.TEXT, SIDE, top + (high - X_AXIS) / 2.0);
    int before = Math.max(Y_LABEL, (int) Math.round(left - axisWidth(high)));
    g.translate(before, top);
    chart.paint(g, width - before, high);
    g.setTransform(home);
    g.translate(SIDE, height - below);
    keys().paint(g);
    g.setTransform(home);
  }

  /** XChart knows the width of the tick labels only after painting them. */
  private double axisWidth(int high) {
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    chart.paint(nowhere, width, high);
    nowhere.dispose();
    return chart.getYAxisLeftWidth();
  }
}
