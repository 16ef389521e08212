package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.whisker.io.Decimals;

/** A confusion matrix: rows are the truth, columns the answers, shaded by share of the row. */
final class ConfusionPlot implements Drawing {
  private static final int CELL = 96;
  private static final int TOP = 70;
  private static final int SIDE = 30;
  private static final Font COUNT = Ink.TITLE.deriveFont(16f);

  private final String title;
  private final List<String> classes;
  private final long[][] counts;

  ConfusionPlot(String title, List<String> classes, long[][] counts) {
    this.title = title;
    this.classes = List.copyOf(classes);
    this.counts = new long[counts.length][];
    if (counts.length == 0 || counts.length != classes.size()) {
      throw new IllegalArgumentException(counts.length + " rows for the classes " + classes);
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i].length != counts.length) {
        throw new IllegalArgumentException("row " + i + " has " + counts[i].length + " counts");
      }
      this.counts[i] = counts[i].clone();
    }
  }

  private int left() {
    double widest = 0;
    for (String name : classes) {
      widest = Math.max(widest, Ink.width(name, Ink.LABEL));
    }
    return SIDE + (int) Math.ceil(widest) + 8;
  }

  @Override
  public int width() {
    int titled = (int) Math.ceil(Ink.width(title, Ink.TITLE)) + 12;
    return Math.max(left() + CELL * counts.length + 10, titled);
  }

  @Override
  public int height() {
    return TOP + CELL * counts.length + 10;
  }

  @Override
  public void paint(Graphics2D g) {
    double middle = CELL * counts.length / 2.0;
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, width() / 2.0, 18, 0.5);
    Ink.text(g, "classified as", Ink.LABEL, Ink.MUTED, left() + middle, 42, 0.5);
    Ink.upwards(g, "in truth", Ink.LABEL, Ink.MUTED, 12, TOP + middle);
    for (int i = 0; i < counts.length; i++) {
      double centre = (i + 0.5) * CELL;
      Ink.text(g, classes.get(i), Ink.LABEL, Ink.TEXT, left() + centre, TOP - 10, 0.5);
      Ink.text(g, classes.get(i), Ink.LABEL, Ink.TEXT, left() - 8, TOP + centre + 4, 1);
      paintRow(g, i);
    }
  }

  private void paintRow(Graphics2D g, int row) {
    long total = 0;
    for (long count : counts[row]) {
      total += count;
    }
    for (int column = 0; column < counts.length; column++) {
      double share = total == 0 ? 0 : counts[row][column] / (double) total;
      double x = left() + column * CELL;
      double y = TOP + row * CELL;
      g.setColor(shade(share));
      g.fill(new Rectangle2D.Double(x + 1, y + 1, CELL - 2, CELL - 2));
      // on its own ground, so not the page's text colour
      Color ink = share > 0.5 ? Color.WHITE : Color.BLACK;
      String percent = total == 0 ? "" : Decimals.fixed(100 * share, 1) + " %";
      Ink.text(g, Long.toString(counts[row][column]), COUNT, ink, x + CELL / 2.0, y + 48, 0.5);
      Ink.text(g, percent, Ink.TICK, ink, x + CELL / 2.0, y + 66, 0.5);
    }
  }

  private static Color shade(double share) {
    return new Color(ColorMap.DIVERGING.rgb(0.47 - 0.42 * share));
  }
}
