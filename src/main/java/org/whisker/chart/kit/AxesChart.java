package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * An XChart whose labels are set as text on graphics that have a {@link Typesetter}; XChart draws
 * outlines.
 */
final class AxesChart extends XYChart {
  private static final Color NONE = new Color(0, 0, 0, 0);
  private static final double BELOW_AXIS = 16;
  private static final double ABOVE_BOTTOM = 2;
  private static final double BESIDE_AXIS = 9;
  private static final double BELOW_MIDDLE = 4;

  /** Between the middles of two labels of whole numbers, in units. */
  private static final double LABELS_APART = 24;

  private static final List<Integer> STEPS = List.of(2, 5, 10, 20, 50, 100);

  private boolean wholeX;

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
  }

  /** Labels whole numbers instead of XChart's ticks, whose labels then only take up room. */
  void labelWholeX() {
    wholeX = true;
  }

  /** Every one, or every second, fifth, tenth and so on, where there would be too many. */
  private void wholeLabels(Graphics2D g) {
    double from = Math.ceil(getStyler().getXAxisMin());
    double to = getStyler().getXAxisMax();
    double apart = getScreenXFromChart(from + 1) - getScreenXFromChart(from);
    int step = 1;
    for (int i = 0; step * apart < LABELS_APART && i < STEPS.size(); i++) {
      step = STEPS.get(i);
    }
    double baseline = axisPair.getXAxis().getBounds().getY() + BELOW_AXIS;
    for (double x = from; x <= to; x += step) {
      String label = Long.toString(Math.round(x));
      Ink.text(g, label, Ink.TICK, Ink.MUTED, getScreenXFromChart(x), baseline, 0.5);
    }
  }

  private void color(Color ticks, Color title) {
    getStyler().setAxisTickLabelsColor(ticks);
    getStyler().setXAxisTickLabelsColor(wholeX ? NONE : ticks);
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
