package org.whisker.chart.kit.lane;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Tick;

/**
 * Where the values of lanes lie in the drawing.
 *
 * @param axis null where lanes hold words only
 * @param left end of the axis
 * @param width of the axis, without the field beyond it
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

  /** The middle of the field for what has no value. */
  double beyond() {
    return left + width + BEYOND / 2.0;
  }

  /** Of the axis and the field beside it. */
  double wholeWidth() {
    return width + (axis == null || axis.beyond().isEmpty() ? 0 : BEYOND);
  }

  /** Of what stands below the lanes. */
  int heightBelow() {
    return axis == null ? 0 : TICKS + (axis.label().isEmpty() ? 0 : LABEL);
  }

  /** What lies below the marks: the bands, the grid with its labels, the reference. */
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
    Ink.text(g, axis.label(), Ink.LABEL, Ink.TEXT, left + width / 2, bottom + 33, 0.5);
  }

  /** The values around the reference that count as none. */
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
