package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drawings in rows and columns, with names above the columns and at the left of the rows.
 *
 * @param title above the grid
 * @param columns names of the columns
 * @param rows from the top
 * @param notes lines of text below the grid
 */
public record Grid(String title, List<Name> columns, List<Line> rows, List<String> notes)
    implements Drawing {
  private static final int SIDE = 12;
  private static final int TITLE = 32;
  private static final int NAME = 42;
  private static final int GAP = 8;
  private static final int NOTE = 15;

  /**
   * The label of a row or column.
   *
   * @param below a second line; may be empty
   */
  public record Name(String name, String below) {
    private double width() {
      return Math.max(Ink.width(name, Ink.LABEL), Ink.width(below, Ink.TICK));
    }

    private void paint(Graphics2D g, double x, double baseline, double align) {
      Ink.text(g, name, Ink.LABEL, Ink.TEXT, x, baseline, align);
      Ink.text(g, below, Ink.TICK, Ink.MUTED, x, baseline + 16, align);
    }
  }

  /**
   * A row of the grid.
   *
   * @param cells one per column
   * @param aside at the right of them, such as their colour bar
   */
  public record Line(Name name, List<? extends Drawing> cells, @Nullable Drawing aside) {
    public Line {
      cells = List.copyOf(cells);
    }

    private int height() {
      return cells.stream().mapToInt(Drawing::height).max().orElse(0);
    }
  }

  public Grid {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
    int wide = columns.size();
    if (wide == 0 || rows.isEmpty() || rows.stream().anyMatch(row -> row.cells.size() != wide)) {
      throw new IllegalArgumentException(
          "%d columns for rows of %s cells"
              .formatted(wide, rows.stream().map(row -> row.cells.size()).toList()));
    }
  }

  private int left() {
    return SIDE
        + GAP
        + (int) Math.ceil(rows.stream().mapToDouble(r -> r.name.width()).max().orElse(0));
  }

  /** The distance from one column to the next. */
  private int pitch() {
    DoubleStream cells =
        rows.stream().flatMap(row -> row.cells.stream()).mapToDouble(Drawing::width);
    DoubleStream names = columns.stream().mapToDouble(Name::width);
    return GAP + (int) Math.ceil(DoubleStream.concat(cells, names).max().orElseThrow());
  }

  private int asideWidth() {
    return rows.stream()
        .flatMap(row -> Stream.ofNullable(row.aside))
        .mapToInt(Drawing::width)
        .max()
        .orElse(0);
  }

  @Override
  public int width() {
    double texts =
        Stream.concat(Stream.of(Ink.width(title, Ink.TITLE)), notes.stream().map(Grid::noteWidth))
            .mapToDouble(w -> w)
            .max()
            .orElseThrow();
    int grid = left() + pitch() * columns.size() + asideWidth() + SIDE;
    return Math.max(grid, (int) Math.ceil(texts) + 2 * SIDE);
  }

  private static double noteWidth(String note) {
    return Ink.width(note, Ink.TICK);
  }

  @Override
  public int height() {
    int lines = rows.stream().mapToInt(row -> row.height() + GAP).sum();
    return TITLE + NAME + lines + NOTE * notes.size() + SIDE + 4;
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, SIDE, 20, 0);
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).paint(g, left() + pitch() * (c + 0.5), TITLE + 17.0, 0.5);
    }
    int y = TITLE + NAME;
    for (Line row : rows) {
      paint(g, row, y);
      y += row.height() + GAP;
    }
    for (String note : notes) {
      Ink.text(g, note, Ink.TICK, Ink.MUTED, SIDE, y + 14, 0);
      y += NOTE;
    }
  }

  private void paint(Graphics2D g, Line row, int top) {
    double baseline = top + row.height() / 2.0 + (row.name.below.isEmpty() ? 4 : -4);
    row.name.paint(g, left() - GAP, baseline, 1);
    for (int c = 0; c < columns.size(); c++) {
      Drawing cell = row.cells.get(c);
      double x = left() + pitch() * c + (pitch() - cell.width()) / 2.0;
      at(g, cell, x, top + (row.height() - cell.height()) / 2.0);
    }
    if (row.aside != null) {
      at(g, row.aside, left() + pitch() * columns.size(), top);
    }
  }

  private static void at(Graphics2D g, Drawing drawing, double x, double y) {
    AffineTransform home = g.getTransform();
    g.translate(x, y);
    drawing.paint(g);
    g.setTransform(home);
  }
}
