package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.whisker.io.Decimals;

/** Round numbers along an axis: steps of 1, 2 or 5 times a power of ten. */
public final class Ticks {
  private Ticks() {}

  /** About {@code count} ticks within [min, max]. */
  static List<BigDecimal> between(double min, double max, int count) {
    BigDecimal step = step((max - min) / count);
    BigDecimal slack = new BigDecimal((max - min) * 1e-9);
    BigDecimal at =
        new BigDecimal(min).subtract(slack).divide(step, 0, RoundingMode.CEILING).multiply(step);
    BigDecimal end = new BigDecimal(max).add(slack);
    List<BigDecimal> ticks = new ArrayList<>();
    for (; at.compareTo(end) <= 0; at = at.add(step)) {
      ticks.add(at);
    }
    return ticks;
  }

  /** Ticks with labels; {@link Tick#at} is the value. */
  public static List<Tick> of(double min, double max, int count) {
    return between(min, max, count).stream()
        .map(tick -> new Tick(tick.doubleValue(), label(tick)))
        .toList();
  }

  /** A tick at a round number. */
  public static Tick at(double value) {
    return new Tick(value, label(BigDecimal.valueOf(value).stripTrailingZeros()));
  }

  static String label(BigDecimal tick) {
    double magnitude = Math.abs(tick.doubleValue());
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e6)) {
      return tick.round(new MathContext(4))
          .stripTrailingZeros()
          .toString()
          .replace("-", Decimals.MINUS);
    }
    return tick.toPlainString().replace("-", Decimals.MINUS);
  }

  /** The label spacing, in pixels, of an axis of {@code pixels}: a power of two. */
  static int pixelStep(int pixels) {
    return Math.max(1, Integer.highestOneBit(Math.max(1, (pixels - 1) / 4)));
  }

  private static BigDecimal step(double rough) {
    int exponent = (int) Math.floor(Math.log10(rough));
    double lead = rough / Math.pow(10, exponent);
    int digit = lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10;
    BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent).stripTrailingZeros();
    // plain notation: 20, not 2E+1
    return step.scale() < 0 ? step.setScale(0) : step;
  }

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
}
