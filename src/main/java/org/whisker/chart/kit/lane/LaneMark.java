package org.whisker.chart.kit.lane;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.lane.ValueAxis.LaneSpan;
import org.whisker.value.Checks;

/** A mark in a lane of {@link Lanes}. */
public sealed interface LaneMark {
  /** The height of the lane that it needs, in units. */
  int height();

  /**
   * Draws the mark.
   *
   * @param middle y coordinate of the middle of the lane
   */
  void paint(Graphics2D g, LaneSpan span, double middle);

  /**
   * Single values as dots.
   *
   * @param lines line number of each value: values with the same number are drawn in one line
   * @param filled whether dots are filled rather than open circles
   */
  record Dots(List<Double> values, List<Integer> lines, Color color, boolean filled)
      implements LaneMark {
    private static final double RADIUS = 3.5;
    private static final double SPREAD = 16;
    private static final double GOLDEN = 0.6180339887498949;

    public Dots {
      values = List.copyOf(values);
      lines = List.copyOf(lines);
      Checks.refuse(
          values.size() != lines.size(), "%s dots in %s lines", values.size(), lines.size());
    }

    @Override
    public int height() {
      return 26;
    }

    @Override
    public void paint(Graphics2D g, LaneSpan span, double middle) {
      for (int i = 0; i < values.size(); i++) {
        // spread evenly within the lane without a random number
        double y = middle + SPREAD * ((lines.get(i) * GOLDEN + 0.5) % 1 - 0.5);
        double x = span.x(values.get(i));
        if (filled) {
          Ink.disc(g, x, y, RADIUS, Ink.faint(color, 128));
        } else {
          g.setColor(Ink.faint(color, 200));
          g.setStroke(Ink.HAIR);
          g.draw(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
        }
      }
    }
  }

  /** A short vertical line, such as for a median. */
  record Upright(double value) implements LaneMark {
    @Override
    public int height() {
      return 24;
    }

    @Override
    public void paint(Graphics2D g, LaneSpan span, double middle) {
      g.setColor(Ink.TEXT);
      g.setStroke(Ink.LINE);
      double x = span.x(value);
      g.draw(new Line2D.Double(x, middle - 12, x, middle + 12));
    }
  }

  /** A value as a disc with text beside it, at its right if there is room. */
  record Point(double value, String text, Color color) implements LaneMark {
    private static final double RADIUS = 4;
    private static final double APART = 9;
    private static final double FAR = 0.72;

    @Override
    public int height() {
      return 20;
    }

    @Override
    public void paint(Graphics2D g, LaneSpan span, double middle) {
      double x = span.x(value);
      Ink.disc(g, x, middle, RADIUS, color);
      boolean right = x - span.left() < FAR * span.width();
      Ink.text(
          g, text, Ink.TICK, Ink.TEXT, x + (right ? APART : -APART), middle + 4, right ? 0 : 1);
    }
  }

  /** Text instead of marks. */
  record Note(String text, Color color) implements LaneMark {
    @Override
    public int height() {
      return 15;
    }

    @Override
    public void paint(Graphics2D g, LaneSpan span, double middle) {
      Ink.text(g, text, Ink.TICK, color, span.left() + 8, middle + 4, 0);
    }
  }

  /** Text in the field beyond the axis. */
  record Beyond(String text) implements LaneMark {
    @Override
    public int height() {
      return 15;
    }

    @Override
    public void paint(Graphics2D g, LaneSpan span, double middle) {
      Ink.text(g, text, Ink.LABEL, Ink.TEXT, span.beyond(), middle + 4, 0.5);
    }
  }

  /** A coloured section of the axis, with the height of the lane. */
  record Part(double from, double to, Color color) implements LaneMark {
    private static final int HIGH = 16;

    @Override
    public int height() {
      return HIGH + 2;
    }

    @Override
    public void paint(Graphics2D g, LaneSpan span, double middle) {
      double left = span.x(from);
      g.setColor(color);
      g.fill(new Rectangle2D.Double(left, middle - HIGH / 2.0, span.x(to) - left, HIGH));
    }
  }

  /** An estimate with its interval; an arrow marks an interval that extends beyond the axis. */
  record IntervalMark(double low, double value, double high, Color color, Shape shape)
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
}
