package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.List;

/** What charts of effects have in common: models by colour, an axis with its null, bars. */
public final class EffectMarks {
  public static final int BAR = 15;
  public static final int GAP = 7;
  static final double ALPHA = 0.05;
  private static final double DOT = 4.5;
  private static final BasicStroke THICK =
      new BasicStroke(3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

  private EffectMarks() {}

  /** Of a model by its number; below 0 is none. */
  public static Color color(int model) {
    return model < 0 ? Ink.MUTED : Ink.series(model);
  }

  /** The models' names beside their colours, from x on. */
  public static void models(Graphics2D g, List<String> models, double x, double baseline) {
    double at = x;
    for (int i = 0; i < models.size(); i++) {
      g.setColor(color(i));
      g.fill(new Ellipse2D.Double(at, baseline - 8, 8, 8));
      Ink.text(g, models.get(i), Ink.LABEL, Ink.TEXT, at + 13, baseline, 0);
      at += 13 + Ink.width(models.get(i), Ink.LABEL) + 22;
    }
  }

  /**
   * Where values lie from left to right.
   *
   * @param low at the left end
   * @param high at the right end
   */
  public record Axis(double low, double high, double left, double width) {
    double x(double value) {
      double clipped = Math.max(low, Math.min(high, value));
      return left + width * (clipped - low) / (high - low);
    }

    /** Grid, ticks, the null, and what counts as none around it. */
    public void paint(Graphics2D g, double top, double bottom, double margin) {
      g.setColor(Ink.GRID);
      g.fill(new Rectangle2D.Double(x(-margin), top, x(margin) - x(-margin), bottom - top));
      g.setStroke(Ink.HAIR);
      for (BigDecimal tick : Ticks.between(low, high, 6)) {
        double at = x(tick.doubleValue());
        g.setColor(Ink.GRID);
        g.draw(new Line2D.Double(at, top, at, bottom));
        Ink.text(g, Ticks.label(tick), Ink.TICK, Ink.MUTED, at, bottom + 15, 0.5);
      }
      g.setColor(Ink.MUTED);
      g.setStroke(Ink.DASHED);
      g.draw(new Line2D.Double(x(0), top, x(0), bottom));
    }

    /** An interval, which may be a point, and its estimate; filled where it is no chance. */
    public void bar(
        Graphics2D g, double from, double value, double to, double p, Color color, double y) {
      g.setColor(color);
      g.setStroke(THICK);
      g.draw(new Line2D.Double(x(from), y, x(to), y));
      Ellipse2D dot = new Ellipse2D.Double(x(value) - DOT, y - DOT, 2 * DOT, 2 * DOT);
      g.setColor(p <= ALPHA ? color : Color.WHITE);
      g.fill(dot);
      g.setColor(color);
      g.setStroke(Ink.LINE);
      g.draw(dot);
    }
  }
}
