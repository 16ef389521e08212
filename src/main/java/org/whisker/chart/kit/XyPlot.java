package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.whisker.chart.kit.Ink.Typesetter;
import org.whisker.chart.kit.Ink.Words;

/** Lines, bands and reference lines over two axes, with a title above and a legend below. */
public final class XyPlot implements Drawing {
  /** Most names of lines below a chart: more do not fit, and the CSV then identifies the lines. */
  public static final int MOST_NAMED = 6; // as many as there are colours

  public static final int WIDTH = 480;
  static final int HEIGHT = 320;

  private static final int SIDE = 12;
  private static final int TITLE = 28;
  private static final int Y_LABEL = 17;
  private static final int X_AXIS = 42;

  /** Labels are made no smaller than this share of their size. */
  private static final double SMALLEST = 0.7;

  /** XChart requires a name for each series. */
  private static final String RULE = "\u200b\u200b";

  private final String title;
  private final String yLabel;
  private final int width;
  private final int height;
  private final AxesChart chart;
  private final XySeries series;
  private final TickLabels xLabels = new TickLabels();
  private final TickLabels yLabels = new TickLabels();
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
    chart = new AxesChart(width, height);
    series = new XySeries(chart);
    chart.setXAxisTitle(xLabel);
    applyTheme(chart.getStyler());
    chart.getStyler().setxAxisTickLabelsFormattingFunction(xLabels.noting(XyPlot::plain));
    chart.getStyler().setyAxisTickLabelsFormattingFunction(yLabels.noting(XyPlot::plain));
  }

  /**
   * Formats a number with a leading 0, which XChart omits from small numbers, and a true minus
   * sign.
   */
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

  /** A line with markers, and its intervals as upright lines, which don't hide each other. */
  public void intervals(Line line, Color color) {
    series.intervals(line, color);
    line(new Line(line.name(), line.x(), line.y()), color, true);
  }

  /** Marks with intervals as upright lines, without a line between what has no order. */
  public void classes(Line line, Color color) {
    series.intervals(line, color);
    series.marks(new Line(line.name(), line.x(), line.y()), color);
    keys.add(new Keys.Key(line.name(), color, Keys.Mark.MARK));
  }

  /**
   * Labels along x at whole numbers, as many as there is room for. XChart's stand where values do,
   * which may be beside whole numbers, see {@link #intervals}. Needs a range of x.
   */
  public void wholeX() {
    chart.getStyler().setxAxisTickLabelsFormattingFunction(XyPlot::plain);
    chart.labelWholeX();
  }

  /** Labels along x at these values alone. Needs a range of x that has them. */
  public void labelX(List<Double> values) {
    chart.labelX(values);
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

  @Override
  public Drawing within(int narrower) {
    return narrower < width ? new Narrow(this, narrower) : this;
  }

  private Keys keys(int wide) {
    boolean told = legend && keys.size() > 1 && keys.size() <= MOST_NAMED;
    return new Keys(told ? keys : List.of(), wide - 2 * SIDE);
  }

  @Override
  public void paint(Graphics2D g) {
    paint(g, title, width, height);
  }

  private void paint(Graphics2D g, String heading, int wide, int height) {
    Words.paint(g, heading, Ink.TITLE, Ink.TEXT, SIDE, 20);
    AffineTransform home = g.getTransform();
    int top = heading.isEmpty() ? 0 : TITLE + Words.extraHeight(heading);
    Keys below = keys(wide);
    int high = height - top - below.height();
    double size = high - X_AXIS;
    Ink.upwards(g, yLabel, fitting(yLabel, size), Ink.TEXT, SIDE, top + size / 2.0);
    int before = Math.max(Y_LABEL, (int) Math.round(left - axisWidth(wide, high)));
    g.translate(before, top);
    chart.getStyler().setAxisTitleFont(fitting(chart.getXAxisTitle(), wide - 70.0));
    chart.paint(g, wide - before, high, xLabels, yLabels);
    g.setTransform(home);
    g.translate(SIDE, height - below.height());
    below.paint(g);
    g.setTransform(home);
  }

  /** A smaller font, where a label would be longer than its axis. */
  private static Font fitting(String label, double length) {
    double factor = Math.max(SMALLEST, length / Math.max(1, Ink.width(label, Ink.LABEL)));
    return factor >= 1 ? Ink.LABEL : Ink.LABEL.deriveFont((float) (factor * Ink.LABEL.getSize()));
  }

  private record Narrow(XyPlot plot, int width) implements Drawing {
    private static final double SAME = 0.45;

    private String title() {
      return plot.title.isEmpty() ? "" : Words.wrapped(plot.title, Ink.TITLE, width - 2.0 * SIDE);
    }

    @Override
    public int height() {
      int more = plot.keys(width).height() - plot.keys(plot.width).height();
      double lower = SAME + (1 - SAME) * width / plot.width;
      return (int) Math.round(plot.height * lower) + Words.extraHeight(title()) + more;
    }

    @Override
    public Drawing within(int other) {
      return plot.within(other);
    }

    @Override
    public void paint(Graphics2D g) {
      plot.paint(g, title(), width, height());
    }
  }

  /** XChart knows the width of the tick labels only after painting them. */
  private double axisWidth(int wide, int high) {
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    chart.paint(nowhere, wide, high);
    nowhere.dispose();
    return chart.getYAxisLeftWidth();
  }

  private static final Color NONE = new Color(0, 0, 0, 0);

  /** The theme of XChart with the figures' colours: faint grid, no boxes, legible type. */
  static void applyTheme(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(NONE);
    styler.setPlotBackgroundColor(NONE);
    styler.setPlotBorderVisible(false);
    styler.setChartPadding(6);
    styler.setChartFontColor(Ink.TEXT);
    styler.setChartTitleVisible(false);
    themeAxes(styler);
    styler.setLegendVisible(false);
  }

  private static void themeAxes(AxesChartStyler styler) {
    styler.setAxisTitleFont(Ink.LABEL);
    styler.setAxisTickLabelsFont(Ink.TICK);
    styler.setAxisTickLabelsColor(Ink.MUTED);
    styler.setAxisTickMarksColor(Ink.FRAME);
    styler.setAxisTickMarkLength(4);
    styler.setAxisTickPadding(4);
    styler.setAxisTitlePadding(6);
    styler.setXAxisTitleColor(Ink.TEXT);
    styler.setYAxisTitleVisible(false);
    styler.setPlotGridLinesColor(Ink.GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotContentSize(0.98);
    styler.setPlotMargin(2);
    styler.setPlotTicksMarksVisible(false);
    styler.setXAxisTickMarkSpacingHint(70);
    styler.setYAxisTickMarkSpacingHint(40);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
  }

  /**
   * An XChart whose labels are set as text on graphics that have a {@link Typesetter}; XChart draws
   * outlines.
   */
  static final class AxesChart extends XYChart {
    private static final Color NONE = new Color(0, 0, 0, 0);
    private static final double BELOW_AXIS = 16;
    private static final double ABOVE_BOTTOM = 2;
    private static final double BESIDE_AXIS = 9;
    private static final double BELOW_MIDDLE = 4;

    /** Distance between the middles of two labels of whole numbers, in units. */
    private static final double LABELS_APART = 24;

    private static final List<Integer> STEPS = List.of(2, 5, 10, 20, 50, 100);

    private boolean wholeX;
    private List<Double> atX = List.of();

    AxesChart(int width, int height) {
      super(width, height);
    }

    void paint(Graphics2D g, int wide, int high, TickLabels x, TickLabels y) {
      boolean text = g.getRenderingHint(Typesetter.KEY) != null;
      color(text ? NONE : Ink.MUTED, text ? NONE : Ink.TEXT);
      paint(g, wide, high);
      if (text) {
        labels(g, x, y);
        color(Ink.MUTED, Ink.TEXT);
      }
      if (wholeX) {
        wholeLabels(g);
      }
      atX.forEach(value -> label(g, value, plain(value)));
    }

    /** Labels these values instead of XChart's ticks. */
    void labelX(List<Double> values) {
      atX = List.copyOf(values);
    }

    /** Labels whole numbers instead of XChart's ticks, whose labels then only take up room. */
    void labelWholeX() {
      wholeX = true;
    }

    /**
     * Labels every whole number, or every second, fifth, tenth and so on, where there would be too
     * many.
     */
    private void wholeLabels(Graphics2D g) {
      double from = Math.ceil(getStyler().getXAxisMin());
      double to = getStyler().getXAxisMax();
      double apart = getScreenXFromChart(from + 1) - getScreenXFromChart(from);
      int step = 1;
      for (int i = 0; step * apart < LABELS_APART && i < STEPS.size(); i++) {
        step = STEPS.get(i);
      }
      for (double x = from; x <= to; x += step) {
        label(g, x, Long.toString(Math.round(x)));
      }
    }

    private void label(Graphics2D g, double x, String label) {
      double baseline = axisPair.getXAxis().getBounds().getY() + BELOW_AXIS;
      Ink.text(g, label, Ink.TICK, Ink.MUTED, getScreenXFromChart(x), baseline, 0.5);
    }

    private void color(Color ticks, Color title) {
      getStyler().setAxisTickLabelsColor(ticks);
      getStyler().setXAxisTickLabelsColor(wholeX || !atX.isEmpty() ? NONE : ticks);
      getStyler().setXAxisTitleColor(title);
    }

    private void labels(Graphics2D g, TickLabels x, TickLabels y) {
      Rectangle2D axis = axisPair.getXAxis().getBounds();
      x.drawn()
          .forEach(
              (value, label) -> {
                double at = getScreenXFromChart(value);
                if (at > axis.getMinX() && at < axis.getMaxX()) {
                  double baseline = axis.getY() + BELOW_AXIS;
                  Ink.text(g, label, Ink.TICK, Ink.MUTED, at, baseline, 0.5);
                }
              });
      y.drawn()
          .forEach(
              (value, label) -> {
                double at = getScreenYFromChart(value);
                if (at > 0 && at < axis.getY()) {
                  double right = axis.getX() - BESIDE_AXIS;
                  Ink.text(g, label, Ink.TICK, Ink.MUTED, right, at + BELOW_MIDDLE, 1);
                }
              });
      double bottom = axis.getMaxY() - ABOVE_BOTTOM;
      Ink.text(
          g,
          getXAxisTitle(),
          getStyler().getAxisTitleFont(),
          Ink.TEXT,
          axis.getCenterX(),
          bottom,
          0.5);
    }
  }

  /** Notes which labels XChart drew along an axis, which it does not tell. */
  private static final class TickLabels {
    private final Map<Double, String> labels = new TreeMap<>();
    private double last = Double.POSITIVE_INFINITY;

    /**
     * Formats as {@code format} does, and notes the labels. XChart asks for them in ascending
     * order, and again for other steps.
     */
    Function<Double, String> noting(Function<Double, String> format) {
      return value -> {
        if (value <= last) {
          labels.clear();
        }
        last = value;
        String label = format.apply(value);
        labels.put(value, label);
        return label;
      };
    }

    /** Labels by value, as they were drawn last. */
    Map<Double, String> drawn() {
      return Collections.unmodifiableMap(labels);
    }
  }
}
