package org.whisker.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Ticks;
import org.whisker.io.Decimals;
import org.whisker.table.MinimalRow;
import org.whisker.table.OneMinimal;

/** Pixels of the smallest set found, a row a start, a dot a target, with its number beside it. */
record MinimalPlot(String title, List<MinimalRow> rows) implements Drawing {
  private static final int ROW = 22;
  private static final int TOP = 56;
  private static final int BOTTOM = 62;
  private static final int PLOT = 420;
  private static final int RIGHT = 60;
  private static final double RADIUS = 4;
  private static final String BELOW = "each number is an upper bound: a smaller set may exist";

  @Override
  public int width() {
    double texts = Math.max(Ink.width(title, Ink.TITLE), Ink.width(BELOW, Ink.TICK)) + 24;
    return (int) Math.ceil(Math.max(left() + PLOT + RIGHT, texts));
  }

  @Override
  public int height() {
    return TOP + lanes() * ROW + BOTTOM;
  }

  private int lanes() {
    return targets().size() * starts().size();
  }

  private List<Double> targets() {
    return new ArrayList<>(new TreeSet<>(rows.stream().map(MinimalRow::target).toList()));
  }

  private Map<String, List<MinimalRow>> starts() {
    Map<String, List<MinimalRow>> starts = new LinkedHashMap<>();
    for (MinimalRow row : rows) {
      starts.computeIfAbsent(row.start(), start -> new ArrayList<>()).add(row);
    }
    return starts;
  }

  private int left() {
    double widest =
        rows.stream().mapToDouble(row -> Ink.width(row.start(), Ink.LABEL)).max().orElse(0);
    return (int) Math.ceil(widest) + 24;
  }

  private double most() {
    return rows.stream()
        .flatMapToInt(row -> row.pixels().stream())
        .asDoubleStream()
        .max()
        .orElse(1);
  }

  private double x(double pixels) {
    return left() + PLOT * pixels / Math.max(1, 1.05 * most());
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, 12, 18, 0);
    legend(g);
    axis(g);
    double top = TOP;
    boolean shaded = false;
    for (Map.Entry<String, List<MinimalRow>> start : starts().entrySet()) {
      double high = ROW * targets().size();
      if (shaded) {
        g.setColor(Ink.faint(Ink.GRID, 90));
        g.fill(new Rectangle2D.Double(left(), top, PLOT + RIGHT, high));
      }
      shaded = !shaded;
      Ink.text(g, start.getKey(), Ink.LABEL, Ink.TEXT, left() - 12, top + high / 2 + 4, 1);
      for (MinimalRow row : start.getValue()) {
        dot(g, row, top + ROW * (targets().indexOf(row.target()) + 0.5));
      }
      top += high;
    }
  }

  private void legend(Graphics2D g) {
    double x = left();
    for (int i = 0; i < targets().size(); i++) {
      double target = targets().get(i);
      String name = "p(cat) ≥ " + (target == 0.5 ? "½" : Decimals.shortest(target));
      disc(g, x + RADIUS, 36, Ink.series(i));
      Ink.text(g, name, Ink.LABEL, Ink.TEXT, x + 14, 40, 0);
      x += 14 + Ink.width(name, Ink.LABEL) + 20;
    }
  }

  private void axis(Graphics2D g) {
    double bottom = TOP + (double) lanes() * ROW;
    for (BigDecimal tick : Ticks.between(0, Math.max(1, 1.05 * most()), 5)) {
      double at = x(tick.doubleValue());
      g.setStroke(Ink.HAIR);
      g.setColor(Ink.GRID);
      g.draw(new Line2D.Double(at, TOP, at, bottom));
      Ink.text(g, Ticks.label(tick), Ink.TICK, Ink.MUTED, at, bottom + 15, 0.5);
    }
    String name = "black pixels of the set";
    Ink.text(g, name, Ink.LABEL, Ink.TEXT, left() + PLOT / 2.0, bottom + 34, 0.5);
    Ink.text(g, BELOW, Ink.TICK, Ink.MUTED, 12, bottom + 54, 0);
  }

  private void dot(Graphics2D g, MinimalRow row, double y) {
    Color color = Ink.series(targets().indexOf(row.target()));
    if (row.pixels().isEmpty()) {
      Ink.text(g, "not reached", Ink.TICK, color, left() + 8, y + 4, 0);
      return;
    }
    int pixels = row.pixels().getAsInt();
    disc(g, x(pixels), y, color);
    String number = pixels + (row.oneMinimal() == OneMinimal.YES ? "" : " (not 1-minimal)");
    Ink.text(g, number, Ink.TICK, Ink.TEXT, x(pixels) + 9, y + 4, 0);
  }

  private static void disc(Graphics2D g, double x, double y, Color color) {
    g.setColor(color);
    g.fill(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
  }
}
