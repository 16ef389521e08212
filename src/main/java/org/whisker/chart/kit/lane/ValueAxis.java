package org.whisker.chart.kit.lane;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Ticks;
import org.whisker.chart.kit.Ticks.Tick;

/**
 * An axis of values from left to right, which {@link Lanes} share.
 *
 * @param label what the values are, with their unit
 * @param min the value at the left end
 * @param max the value at the right end, above {@code min}
 * @param logarithmic whether equal distances are equal ratios; {@code min} is then above 0
 * @param reference position of a dashed line, such as the value of no effect
 * @param margin equivalence margin: values within this distance of the reference are shaded
 * @param beyond label of a field at the right of the axis for entries without a value; empty for no
 *     field
 */
public record ValueAxis(
    String label,
    double min,
    double max,
    boolean logarithmic,
    OptionalDouble reference,
    double margin,
    String beyond) {
  private static final int TICKS = 5;
  private static final int[] LEADS = {1, 2, 5};

  public ValueAxis {
    if (!(min < max) || Double.isInfinite(max - min) || (logarithmic && !(min > 0))) {
      throw new IllegalArgumentException("no axis from " + min + " to " + max);
    }
  }

  public static ValueAxis linear(String label, double min, double max) {
    return new ValueAxis(label, min, max, false, OptionalDouble.empty(), 0, "");
  }

  public static ValueAxis logarithmic(String label, double min, double max) {
    return new ValueAxis(label, min, max, true, OptionalDouble.empty(), 0, "");
  }

  /** Returns this axis with a dashed reference line, and a shaded band around it. */
  public ValueAxis withReference(double value, double margin) {
    return new ValueAxis(label, min, max, logarithmic, OptionalDouble.of(value), margin, beyond);
  }

  /** Returns this axis with a field for entries without a value. */
  public ValueAxis withBeyond(String name) {
    return new ValueAxis(label, min, max, logarithmic, reference, margin, name);
  }

  /** The position of {@code value}: 0 at the left end, 1 at the right end; clamped beyond them. */
  double position(double value) {
    double within = Math.max(min, Math.min(max, value));
    return logarithmic
        ? Math.log(within / min) / Math.log(max / min)
        : (within - min) / (max - min);
  }

  /** Ticks at round numbers; {@link Tick#at} is the value. */
  List<Tick> ticks() {
    if (!logarithmic) {
      return Ticks.of(min, max, TICKS);
    }
    List<Tick> ticks = new ArrayList<>();
    for (double decade = Math.pow(10, Math.floor(Math.log10(min))); decade <= max; decade *= 10) {
      for (int lead : LEADS) {
        double value = lead * decade;
        if (value >= min && value <= max) {
          ticks.add(Ticks.at(value));
        }
      }
    }
    return ticks;
  }

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

    /**
     * Draws the background of the marks: the bands, the grid with its labels, and the reference.
     */
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
}
