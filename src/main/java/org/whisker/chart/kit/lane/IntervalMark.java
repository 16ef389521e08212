package org.whisker.chart.kit.lane;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import org.whisker.chart.kit.Ink;

/** An estimate with its interval; an arrow marks an interval that extends beyond the axis. */
public record IntervalMark(double low, double value, double high, Color color, Shape shape)
    implements LaneMark {
  /** The shape of the mark of an estimate. */
  public enum Shape {
    DIAMOND,
    DISC,
    CIRCLE
  }

  private static final double RADIUS = 4.5;
  private static final BasicStroke THICK =
      new BasicStroke(2.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

  @Override
  public int height() {
    return 15;
  }

  @Override
  public void paint(Graphics2D g, LaneSpan span, double middle) {
    g.setColor(color);
    g.setStroke(THICK);
    g.draw(new Line2D.Double(span.x(low), middle, span.x(high), middle));
    if (low < span.min()) {
      arrow(g, span.x(low), middle, -1);
    }
    if (high > span.max()) {
      arrow(g, span.x(high), middle, 1);
    }
    marker(g, span.x(value), middle);
  }

  private static void arrow(Graphics2D g, double x, double y, int way) {
    g.fill(polygon(x + 9 * way, y, x, y - 4.5, x, y + 4.5));
  }

  private void marker(Graphics2D g, double x, double y) {
    if (shape == Shape.DIAMOND) {
      g.fill(polygon(x - 5.5, y, x, y - 5.5, x + 5.5, y, x, y + 5.5));
      return;
    }
    Ink.disc(g, x, y, RADIUS, shape == Shape.DISC ? color : Color.WHITE);
    g.setColor(color);
    g.setStroke(Ink.LINE);
    g.draw(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
  }

  private static Path2D polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }
}
