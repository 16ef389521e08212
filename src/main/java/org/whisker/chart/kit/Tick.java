package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;

/**
 * A labelled position along an axis.
 *
 * @param at distance from the beginning of the axis, in units
 */
public record Tick(double at, String label) {
  private static final int LENGTH = 4;

  /** A mark below {@code y} with its label. */
  void below(Graphics2D g, double x, double y) {
    mark(g, x, y + 1, x, y + 1 + LENGTH);
    Ink.text(g, label, Ink.TICK, Ink.MUTED, x, y + 16, 0.5);
  }

  /** A mark at the left of {@code x} with its label. */
  void left(Graphics2D g, double x, double y) {
    mark(g, x - 1 - LENGTH, y, x - 1, y);
    Ink.text(g, label, Ink.TICK, Ink.MUTED, x - 8, y + 4, 1);
  }

  /** A mark at the right of {@code x} with its label. */
  void right(Graphics2D g, double x, double y) {
    mark(g, x + 1, y, x + 1 + LENGTH, y);
    Ink.text(g, label, Ink.TICK, Ink.MUTED, x + 8, y + 4, 0);
  }

  /** A line across a plot, with its label below. */
  public void grid(Graphics2D g, double x, double top, double bottom) {
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.GRID);
    g.draw(new Line2D.Double(x, top, x, bottom));
    Ink.text(g, label, Ink.TICK, Ink.MUTED, x, bottom + 15, 0.5);
  }

  private static void mark(Graphics2D g, double x1, double y1, double x2, double y2) {
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Line2D.Double(x1, y1, x2, y2));
  }
}
