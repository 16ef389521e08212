package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A matrix of coloured cells with two lines of text in each, on a scale around a middle: blue below
 * it, red above.
 *
 * @param rows names at the left
 * @param columns names above, of two lines each
 * @param cells by row and column
 * @param notes lines below
 */
public record MatrixPlot(
    String title,
    List<String> rows,
    List<List<String>> columns,
    List<List<Cell>> cells,
    List<String> notes)
    implements Drawing {
  private static final int HIGH = 44;
  private static final int TOP = 76;
  private static final int SIDE = 12;
  private static final int NOTE = 15;
  private static final BasicStroke FRAME = new BasicStroke(2.5f);

  /**
   * One cell.
   *
   * @param place on the scale, 0 blue to 1 red
   * @param framed whether it stands out
   */
  public record Cell(double place, String value, String below, boolean framed) {}

  public MatrixPlot {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
    notes = List.copyOf(notes);
    int wide = columns.size();
    if (rows.isEmpty()
        || cells.size() != rows.size()
        || cells.stream().anyMatch(row -> row.size() != wide)) {
      throw new IllegalArgumentException(
          rows.size() + " rows and " + wide + " columns for " + cells.size() + " rows of cells");
    }
  }

  private static double widest(List<String> texts) {
    return texts.stream().mapToDouble(text -> Ink.width(text, Ink.LABEL)).max().orElse(0);
  }

  private int left() {
    return SIDE + (int) Math.ceil(widest(rows)) + 10;
  }

  private int cellWidth() {
    double widest = columns.stream().mapToDouble(MatrixPlot::widest).max().orElse(0);
    return (int) Math.ceil(Math.max(96, widest + 16));
  }

  @Override
  public int width() {
    double texts = Math.max(Ink.width(title, Ink.TITLE), 0);
    for (String note : notes) {
      texts = Math.max(texts, Ink.width(note, Ink.TICK));
    }
    int grid = left() + cellWidth() * columns.size() + SIDE;
    return Math.max(grid, (int) Math.ceil(texts) + 2 * SIDE);
  }

  @Override
  public int height() {
    return TOP + HIGH * rows.size() + 14 + NOTE * notes.size();
  }

  @Override
  public void paint(Graphics2D g) {
    int wide = cellWidth();
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, SIDE, 20, 0);
    for (int c = 0; c < columns.size(); c++) {
      double middle = left() + wide * (c + 0.5);
      Ink.text(g, columns.get(c).get(0), Ink.LABEL, Ink.TEXT, middle, TOP - 24, 0.5);
      Ink.text(g, columns.get(c).get(1), Ink.LABEL, Ink.MUTED, middle, TOP - 8, 0.5);
    }
    for (int r = 0; r < rows.size(); r++) {
      double top = TOP + HIGH * r;
      Ink.text(g, rows.get(r), Ink.LABEL, Ink.TEXT, left() - 8, top + HIGH / 2.0 + 4, 1);
      for (int c = 0; c < columns.size(); c++) {
        paint(g, cells.get(r).get(c), left() + wide * c, top, wide);
      }
    }
    double below = TOP + HIGH * rows.size() + 16.0;
    for (int i = 0; i < notes.size(); i++) {
      Ink.text(g, notes.get(i), Ink.TICK, Ink.MUTED, SIDE, below + NOTE * i, 0);
    }
  }

  private static void paint(Graphics2D g, Cell cell, double left, double top, int wide) {
    Rectangle2D box = new Rectangle2D.Double(left + 2, top + 2, wide - 4, HIGH - 4);
    g.setColor(new Color(ColorMap.DIVERGING.rgb(cell.place)));
    g.fill(box);
    // on its own ground, so not the page's text colour
    Color ink = Math.abs(cell.place - 0.5) > 0.3 ? Color.WHITE : Color.BLACK;
    Ink.text(g, cell.value, Ink.TITLE, ink, left + wide / 2.0, top + 19, 0.5);
    Ink.text(g, cell.below, Ink.TICK, ink, left + wide / 2.0, top + 34, 0.5);
    if (cell.framed) {
      g.setColor(Ink.TEXT);
      g.setStroke(FRAME);
      g.draw(box);
    }
  }
}
