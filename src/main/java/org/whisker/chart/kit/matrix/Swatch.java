package org.whisker.chart.kit.matrix;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;

/**
 * A coloured cell with two lines of text.
 *
 * @param framed whether it is highlighted by a frame
 */
public record Swatch(
    Color ground, String value, String below, boolean framed, int width, int height)
    implements Drawing {
  private static final int ROOM = 14;
  private static final BasicStroke FRAME = new BasicStroke(2.5f);

  /** A swatch wide enough for its texts, with the given minimum width. */
  public static Swatch of(
      Color ground, String value, String below, boolean framed, int width, int height) {
    double texts = Math.max(Ink.width(value, Ink.TITLE), Ink.width(below, Ink.TICK));
    return new Swatch(
        ground, value, below, framed, Math.max(width, ROOM + (int) Math.ceil(texts)), height);
  }

  @Override
  public void paint(Graphics2D g) {
    Rectangle2D box = new Rectangle2D.Double(0, 0, width, height);
    g.setColor(ground);
    g.fill(box);
    Color ink = Ink.on(ground);
    Ink.text(g, value, Ink.TITLE, ink, width / 2.0, height / 2.0 - 3, 0.5);
    Ink.text(g, below, Ink.TICK, ink, width / 2.0, height / 2.0 + 13, 0.5);
    if (framed) {
      g.setColor(Ink.TEXT);
      g.setStroke(FRAME);
      g.draw(box);
    }
  }
}
