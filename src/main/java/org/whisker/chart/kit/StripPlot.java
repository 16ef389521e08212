package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.math.BigDecimal;
import java.util.List;

/** One row an arm: every run as a dot, the mean with its interval below them. */
public final class StripPlot implements Drawing {
  private static final int ROW = 46;
  private static final int TOP = 34;
  private static final int BOTTOM = 62;
  private static final int PLOT = 340;
  private static final int RIGHT = 16;
  private static final double GOLDEN = 0.6180339887498949;

  private final String title;
  private final String valueLabel;
  private final List<Arm> arms;
  private final double reference;
  private final String legend;
  private final int left;
  private final double min;
  private final double max;

  public StripPlot(
      String title,
      String valueLabel,
      List<Arm> arms,
      double reference,
      String referenceName,
      String intervalName) {
    this(title, valueLabel, arms, reference, legend("runs", intervalName, referenceName), false);
  }

  /** {@code unit}: the axis runs from 0 to 1, for strips that are compared. */
  public StripPlot(
      String title,
      String valueLabel,
      List<Arm> arms,
      double reference,
      String legend,
      boolean unit) {
    if (arms.isEmpty()) {
      throw new IllegalArgumentException("no arm to draw");
    }
    this.title = title;
    this.valueLabel = valueLabel;
    this.arms = List.copyOf(arms);
    this.reference = reference;
    this.left = left(arms);
    this.legend = legend;
    double least = reference;
    double most = reference;
    for (Arm arm : arms) {
      least = arm.isEmpty() ? least : Math.min(least, arm.low());
      most = arm.isEmpty() ? most : Math.max(most, arm.high());
      for (double run : arm.runs()) {
        least = Math.min(least, run);
        most = Math.max(most, run);
      }
    }
    double pad = most > least ? 0.06 * (most - least) : 0.5;
    this.min = unit ? 0 : least - pad;
    this.max = unit ? 1 : most + pad;
  }

  public static String legend(String dots, String intervalName, String referenceName) {
    return "dots: " + dots + ";  bar: mean, " + intervalName + ";  dashed: " + referenceName;
  }

  /**
   * The legend of runs of arms.
   *
   * @param runs which of them are dots
   * @param trained whether arms have several networks, which then are what is averaged
   */
  public static String ofRuns(String runs, boolean trained, String referenceName) {
    return trained
        ? legend(
            runs + ", those of a network in a line", "95 % interval over networks", referenceName)
        : legend(runs, "95 % interval", referenceName);
  }

  private static int left(List<Arm> arms) {
    double widest = 0;
    for (Arm arm : arms) {
      widest = Math.max(widest, Ink.width(arm.name(), Ink.LABEL));
    }
    return (int) Math.ceil(widest) + 20;
  }

  @Override
  public int width() {
    int texts = (int) Math.ceil(Math.max(Ink.width(legend, Ink.TICK), Ink.width(title, Ink.TITLE)));
    return Math.max(left + PLOT + RIGHT, texts + 12);
  }

  @Override
  public int height() {
    return TOP + ROW * arms.size() + BOTTOM;
  }

  @Override
  public void paint(Graphics2D g) {
    int bottom = TOP + ROW * arms.size();
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, width() / 2.0, 18, 0.5);
    paintAxis(g, bottom);
    g.setColor(Ink.MUTED);
    g.setStroke(Ink.DASHED);
    g.draw(new Line2D.Double(x(reference), TOP, x(reference), bottom));
    for (int i = 0; i < arms.size(); i++) {
      paintArm(g, arms.get(i), Ink.series(i), TOP + ROW * i);
    }
  }

  private void paintAxis(Graphics2D g, int bottom) {
    g.setStroke(Ink.HAIR);
    for (BigDecimal tick : Ticks.between(min, max, 5)) {
      double at = x(tick.doubleValue());
      g.setColor(Ink.GRID);
      g.draw(new Line2D.Double(at, TOP, at, bottom));
      Ink.text(g, Ticks.label(tick), Ink.TICK, Ink.MUTED, at, bottom + 15, 0.5);
    }
    Ink.text(g, valueLabel, Ink.LABEL, Ink.TEXT, left + PLOT / 2.0, bottom + 34, 0.5);
    Ink.text(g, legend, Ink.TICK, Ink.MUTED, width() / 2.0, bottom + 54, 0.5);
  }

  private void paintArm(Graphics2D g, Arm arm, Color color, double top) {
    Ink.text(g, arm.name(), Ink.LABEL, Ink.TEXT, left - 12, top + ROW / 2.0 + 4, 1);
    if (arm.isEmpty()) {
      Ink.text(g, "no run has a value", Ink.TICK, Ink.MUTED, left + 8, top + ROW / 2.0 + 4, 0);
      return;
    }
    for (int i = 0; i < arm.runs().length; i++) {
      // spread evenly within the row without a random number
      double y = top + 8 + 16 * ((arm.lines()[i] * GOLDEN) % 1);
      g.setColor(Ink.faint(color, 128));
      g.fill(new Ellipse2D.Double(x(arm.runs()[i]) - 3.5, y - 3.5, 7, 7));
    }
    double y = top + ROW - 11;
    g.setColor(color);
    g.setStroke(Ink.LINE);
    // an interval may reach beyond what a share can be
    double low = Math.max(arm.low(), min);
    double high = Math.min(arm.high(), max);
    g.draw(new Line2D.Double(x(low), y, x(high), y));
    Path2D diamond = new Path2D.Double();
    diamond.moveTo(x(arm.mean()) - 5, y);
    diamond.lineTo(x(arm.mean()), y - 5);
    diamond.lineTo(x(arm.mean()) + 5, y);
    diamond.lineTo(x(arm.mean()), y + 5);
    diamond.closePath();
    g.fill(diamond);
  }

  private double x(double value) {
    return left + PLOT * (value - min) / (max - min);
  }
}
