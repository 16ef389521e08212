package org.whisker.chart.kit.lane;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.whisker.chart.kit.Ink;

/** A mark in a lane of {@link Lanes}. */
public sealed interface LaneMark
    permits IntervalMark,
        LaneMark.Dots,
        LaneMark.Upright,
        LaneMark.Point,
        LaneMark.Note,
        LaneMark.Beyond,
        LaneMark.Part {
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
      if (values.size() != lines.size()) {
        throw new IllegalArgumentException(values.size() + " dots in " + lines.size() + " lines");
      }
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
}
