package org.whisker.chart.kit.lane;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Tick;

/**
 * The horizontal layout of lanes: maps values to positions in the drawing.
 *
 * @param axis null when lanes contain text only
 * @param left x coordinate of the left end of the axis
 * @param width length of the axis in units, without the field beyond it
 */
record LaneSpan(@Nullable ValueAxis axis, double left, double width) {
  static final int WIDTH = 400;
  private static final int BEYOND = 84;

  /** Height of the tick labels, and of the axis' label. */
  private static final int TICKS = 22;

  private static final int LABEL = 20;

  double x(double value) {
    return left + width * (axis == null ? 0 : axis.position(value));
  }

  double min() {
    return axis == null ? 0 : axis.min();
  }

  double max() {
    return axis == null ? 0 : axis.max();
  }

  /** The x coordinate of the middle of the field for entries without a value. */
  double beyond() {
    return left + width + BEYOND / 2.0;
  }

  /** The width of the axis and the field beside it. */
  double wholeWidth() {
    return width + (axis == null || axis.beyond().isEmpty() ? 0 : BEYOND);
  }

  /** The height of the labels below the lanes. */
  int heightBelow() {
    return axis == null ? 0 : TICKS + (axis.label().isEmpty() ? 0 : LABEL);
  }

  /** Draws the background of the marks: the bands, the grid with its labels, and the reference. */
  void paint(Graphics2D g, double top, double bottom) {
    if (axis == null) {
      return;
    }
    if (!axis.beyond().isEmpty()) {
      fill(g, left + width, left + width + BEYOND, top, bottom, 110);
      Ink.text(g, axis.beyond(), Ink.TICK, Ink.MUTED, beyond(), bottom + 15, 0.5);
    }
    margin(g, top, bottom);
    for (Tick tick : axis.ticks()) {
      tick.grid(g, x(tick.at()), top, bottom);
    }
    reference(g, top, bottom);
    // one that is longer than the axis ends where it ends
    double middle = left + Math.min(width, 2 * width - Ink.width(axis.label(), Ink.LABEL)) / 2;
    Ink.text(g, axis.label(), Ink.LABEL, Ink.TEXT, middle, bottom + 33, 0.5);
  }

  /** Draws the equivalence margin around the reference. */
  void margin(Graphics2D g, double top, double bottom) {
    if (axis != null && axis.margin() > 0) {
      double none = axis.reference().orElse(0);
      fill(g, x(none - axis.margin()), x(none + axis.margin()), top, bottom, 255);
    }
  }

  void reference(Graphics2D g, double top, double bottom) {
    if (axis != null && axis.reference().isPresent()) {
      double x = x(axis.reference().getAsDouble());
      g.setColor(Ink.MUTED);
      g.setStroke(Ink.DASHED);
      g.draw(new Line2D.Double(x, top, x, bottom));
    }
  }

  private static void fill(
      Graphics2D g, double from, double to, double top, double bottom, int alpha) {
    g.setColor(Ink.faint(Ink.GRID, alpha));
    g.fill(new Rectangle2D.Double(from, top, to - from, bottom - top));
  }
}
