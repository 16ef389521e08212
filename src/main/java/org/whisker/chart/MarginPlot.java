package org.whisker.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.table.MarginRow;
import org.whisker.table.MarginSummaryRow;

/**
 * Flips to the boundary on a logarithmic axis, a row a set of images: those found as dots above,
 * the linear estimates as circles below, medians as bars. What was not reached stands in a field of
 * its own at the right.
 *
 * @param margins the images
 * @param sets their groups and sides, a row of the chart each
 * @param maxFlips where the search gave up
 */
public record MarginPlot(
    String title, List<MarginRow> margins, List<MarginSummaryRow> sets, int maxFlips)
    implements Drawing {
  private static final int ROW = 62;
  private static final int TOP = 34;
  private static final int BOTTOM = 78;
  private static final int PLOT = 420;
  private static final int BEYOND = 84;
  private static final int RIGHT = 16;
  private static final double GOLDEN = 0.6180339887498949;

  @Override
  public int width() {
    return Math.max(
        left() + PLOT + BEYOND + RIGHT, (int) Math.ceil(Ink.width(title, Ink.TITLE)) + 24);
  }

  @Override
  public int height() {
    return TOP + ROW * sets.size() + BOTTOM;
  }

  private int left() {
    double widest = 0;
    for (MarginSummaryRow set : sets) {
      widest = Math.max(widest, Ink.width(set.images(), Ink.LABEL));
    }
    return (int) Math.ceil(widest) + 24;
  }

  /** The greatest number on the axis. */
  private double most() {
    double most = maxFlips;
    for (MarginRow margin : margins) {
      most = Math.max(most, margin.linearFlips().orElse(1));
    }
    return most;
  }

  private double x(double flips) {
    // 0.8 leaves room for the dots at 1; a picture on the boundary itself has 0 linear flips
    double from = Math.log(0.8);
    double at = (Math.log(Math.max(flips, 0.8)) - from) / (Math.log(most() * 1.1) - from);
    return left() + PLOT * at;
  }

  @Override
  public void paint(Graphics2D g) {
    int bottom = TOP + ROW * sets.size();
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, 12, 18, 0);
    g.setColor(new Color(0xf2f3f5));
    g.fill(new Rectangle2D.Double(left() + PLOT, TOP, BEYOND, bottom - TOP));
    axis(g, bottom);
    int row = 0;
    for (MarginSummaryRow set : sets) {
      List<MarginRow> images =
          margins.stream().filter(margin -> margin.set().equals(set.images())).toList();
      double top = TOP + ROW * row;
      Color color = Ink.series(row);
      String count = set.count() + (set.count() == 1 ? " image" : " images");
      Ink.text(g, set.images(), Ink.LABEL, Ink.TEXT, left() - 12, top + ROW / 2.0, 1);
      Ink.text(g, count, Ink.TICK, Ink.MUTED, left() - 12, top + ROW / 2.0 + 15, 1);
      lane(g, images, MarginRow::flips, set.medianFlips(), color, top + 7, true);
      lane(g, images, MarginRow::linearFlips, set.medianLinearFlips(), color, top + 35, false);
      row++;
    }
  }

  private void axis(Graphics2D g, int bottom) {
    g.setStroke(Ink.HAIR);
    for (int decade = 1; decade <= most(); decade *= 10) {
      for (int lead : new int[] {1, 2, 5}) {
        if (lead * decade <= most()) {
          double at = x(lead * decade);
          g.setColor(Ink.GRID);
          g.draw(new Line2D.Double(at, TOP, at, bottom));
          String label = Integer.toString(lead * decade);
          Ink.text(g, label, Ink.TICK, Ink.MUTED, at, bottom + 15, 0.5);
        }
      }
    }
    double beyond = left() + PLOT + BEYOND / 2.0;
    Ink.text(g, "not reached", Ink.TICK, Ink.MUTED, beyond, bottom + 15, 0.5);
    Ink.text(
        g,
        "pixels flipped to cross p(cat) = ½",
        Ink.LABEL,
        Ink.TEXT,
        left() + PLOT / 2.0,
        bottom + 34,
        0.5);
    String found = "dots: found by a greedy search of at most " + maxFlips + ", an upper bound";
    Ink.text(g, found, Ink.TICK, Ink.MUTED, 12, bottom + 54, 0);
    String linear = "circles: estimate if the logit were linear;  bars: medians";
    Ink.text(g, linear, Ink.TICK, Ink.MUTED, 12, bottom + 70, 0);
  }

  private void lane(
      Graphics2D g,
      List<MarginRow> images,
      Function<MarginRow, OptionalInt> count,
      OptionalDouble median,
      Color color,
      double top,
      boolean filled) {
    int beyond = 0;
    g.setStroke(Ink.HAIR);
    for (int i = 0; i < images.size(); i++) {
      OptionalInt flips = count.apply(images.get(i));
      if (flips.isEmpty()) {
        beyond++;
        continue;
      }
      double y = top + 14 * ((i * GOLDEN) % 1);
      Ellipse2D dot = new Ellipse2D.Double(x(flips.getAsInt()) - 3.5, y, 7, 7);
      g.setColor(Ink.faint(color, filled ? 128 : 200));
      if (filled) {
        g.fill(dot);
      } else {
        g.draw(dot);
      }
    }
    if (median.isPresent()) {
      g.setColor(Ink.TEXT);
      g.setStroke(Ink.LINE);
      double at = x(median.getAsDouble());
      g.draw(new Line2D.Double(at, top - 1, at, top + 22));
    }
    if (beyond > 0) {
      String text = beyond + " of " + images.size();
      double middle = left() + PLOT + BEYOND / 2.0;
      Ink.text(g, text, Ink.LABEL, Ink.TEXT, middle, top + 15, 0.5);
    }
  }
}
