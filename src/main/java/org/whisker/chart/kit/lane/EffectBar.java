package org.whisker.chart.kit.lane;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark;
import org.whisker.chart.kit.lane.ValueAxis.LaneSpan;
import org.whisker.io.Decimals;

/**
 * An estimate with its interval on its own axis, small enough for a table cell.
 *
 * @param axis axis with the value of no effect as reference, and the equivalence margin around it
 */
public record EffectBar(ValueAxis axis, double low, double value, double high) implements Drawing {
  private static final int WIDTH = 190;
  private static final int HEIGHT = 36;
  private static final int SIDE = 14;
  private static final int MIDDLE = 12;
  private static final int LABELS = HEIGHT - 3;
  private static final int LABEL_ROOM = 50;

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void paint(Graphics2D g) {
    LaneSpan span = new LaneSpan(axis, SIDE, WIDTH - 2 * SIDE);
    span.margin(g, 2, 22);
    g.setColor(Ink.FRAME);
    g.setStroke(Ink.HAIR);
    g.draw(new Line2D.Double(SIDE, MIDDLE, WIDTH - SIDE, MIDDLE));
    span.reference(g, 2, 22);
    new IntervalMark(low, value, high, Ink.series(0), IntervalMark.Shape.DISC)
        .paint(g, span, MIDDLE);
    label(g, axis.min(), 1, 0);
    label(g, axis.max(), WIDTH - 1, 1);
    double none = span.x(axis.reference().orElse(axis.min()));
    if (none > LABEL_ROOM && none < WIDTH - LABEL_ROOM) {
      label(g, axis.reference().orElseThrow(), none, 0.5);
    }
  }

  private static void label(Graphics2D g, double value, double x, double align) {
    Ink.text(g, Decimals.rounded(value, 2), Ink.TICK, Ink.MUTED, x, LABELS, align);
  }
}
