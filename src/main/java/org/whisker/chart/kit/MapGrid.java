package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.MapLook;

/**
 * Maps in rows and columns: names above and at the left, one colour bar a row.
 *
 * @param columns two lines each, above; the first row has the pictures themselves
 * @param rows methods, one scale each
 * @param cell how wide a map is drawn
 * @param notes lines below
 */
public record MapGrid(
    String title, List<Column> columns, List<Line> rows, int cell, List<String> notes)
    implements Drawing {
  private static final int GAP = 8;
  private static final int TOP = 72;
  private static final int SIDE = 12;
  private static final int NOTE = 15;
  private static final int BAR = 96;

  /** A picture and its two lines. */
  public record Column(String name, String below, BufferedImage picture) {}

  /**
   * A method.
   *
   * @param cells one a column
   */
  public record Line(String name, MapLook look, List<Cell> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /** A map, or why there is none. */
  public record Cell(@Nullable BufferedImage map, String why) {}

  public MapGrid {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
    int wide = columns.size();
    if (wide == 0 || rows.stream().anyMatch(row -> row.cells.size() != wide)) {
      throw new IllegalArgumentException("rows of maps for " + wide + " pictures differ in length");
    }
  }

  private int left() {
    double widest = Ink.width("picture", Ink.LABEL);
    for (Line row : rows) {
      widest = Math.max(widest, Ink.width(row.name, Ink.LABEL));
      widest = Math.max(widest, Ink.width(row.look.scale().unit(), Ink.TICK));
    }
    return SIDE + (int) Math.ceil(widest) + 10;
  }

  /** As wide as the names above need. */
  private int pitch() {
    double widest = cell;
    for (Column column : columns) {
      widest = Math.max(widest, Ink.width(column.name, Ink.LABEL));
    }
    return (int) Math.ceil(widest) + GAP;
  }

  /** Cells of pictures that are not square are as high as the highest. */
  private int high() {
    int high = 1;
    for (Column column : columns) {
      high = Math.max(high, height(column.picture));
    }
    return high;
  }

  private int height(BufferedImage image) {
    return Math.max(1, Math.round((float) cell * image.getHeight() / image.getWidth()));
  }

  @Override
  public int width() {
    int grid = left() + pitch() * columns.size() + BAR;
    double widest = Ink.width(title, Ink.TITLE);
    for (String note : notes) {
      widest = Math.max(widest, Ink.width(note, Ink.TICK));
    }
    return Math.max(grid, (int) Math.ceil(widest) + 2 * SIDE);
  }

  @Override
  public int height() {
    return TOP + (high() + GAP) * (rows.size() + 1) + NOTE * notes.size() + SIDE;
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, SIDE, 20, 0);
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      int x = left() + c * pitch();
      Ink.text(g, column.name, Ink.LABEL, Ink.TEXT, x, TOP - 24.0, 0);
      Ink.text(g, column.below, Ink.TICK, Ink.MUTED, x, TOP - 8.0, 0);
      draw(g, column.picture, x, TOP);
    }
    name(g, "picture", TOP);
    for (int r = 0; r < rows.size(); r++) {
      row(g, rows.get(r), TOP + (high() + GAP) * (r + 1));
    }
    int below = TOP + (high() + GAP) * (rows.size() + 1) + 8;
    for (int i = 0; i < notes.size(); i++) {
      Ink.text(g, notes.get(i), Ink.TICK, Ink.MUTED, SIDE, below + NOTE * i, 0);
    }
  }

  private void row(Graphics2D g, Line row, int y) {
    name(g, row.name, y);
    double below = y + high() / 2.0 + 20;
    Ink.text(g, row.look.scale().unit(), Ink.TICK, Ink.MUTED, left() - 10.0, below, 1);
    for (int c = 0; c < columns.size(); c++) {
      Cell cell = row.cells.get(c);
      int x = left() + c * pitch();
      BufferedImage map = cell.map();
      if (map == null) {
        Ink.text(g, cell.why(), Ink.TICK, Ink.MUTED, x + this.cell / 2.0, y + high() / 2.0, 0.5);
      } else {
        draw(g, map, x, y);
      }
    }
    AffineTransform home = g.getTransform();
    g.translate(left() + pitch() * columns.size() + 4.0, y - MapPanel.TOP);
    // the unit stands at the left: beside a bar of this height it would be cut
    Scale bare = new Scale(row.look.scale().min(), row.look.scale().max(), "");
    new ColorBar(bare, row.look.colors(), high()).paint(g);
    g.setTransform(home);
  }

  private void name(Graphics2D g, String name, int y) {
    Ink.text(g, name, Ink.LABEL, Ink.TEXT, left() - 10.0, y + high() / 2.0 + 4, 1);
  }

  private void draw(Graphics2D g, BufferedImage image, int x, int y) {
    g.drawImage(image, x, y, cell, height(image), null);
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Rectangle2D.Double(x - 0.5, y - 0.5, cell + 1, height(image) + 1));
  }
}
