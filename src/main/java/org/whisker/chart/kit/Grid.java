package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Ink.Words;
import org.whisker.value.Text;

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
  private static final double SLACK = 1.1;

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
          Text.of(
              "%d columns for rows of %s cells",
              wide, rows.stream().map(row -> row.cells.size()).toList()));
    }
  }

  /** Puts as many columns as fit beside each other, and the others in grids below. */
  @Override
  public Drawing within(int width) {
    double most = width - 2.0 * SIDE;
    String heading = Words.wrapped(title, Ink.TITLE, most);
    List<String> told = Words.wrapped(notes, Ink.TICK, most);
    // a little too wide is made smaller
    double room = SLACK * width - left() - asideWidth() - SIDE;
    int fit = Math.max(1, (int) (room / pitch()));
    if (fit >= columns.size()) {
      return new Grid(heading, columns, rows, told);
    }
    int lines = (columns.size() + fit - 1) / fit;
    int across = (columns.size() + lines - 1) / lines;
    List<Drawing> grids = new ArrayList<>();
    for (int from = 0; from < columns.size(); from += across) {
      int to = Math.min(columns.size(), from + across);
      boolean last = to == columns.size();
      grids.add(part(from, to, from == 0 ? heading : "", last ? told : List.of()));
    }
    return new Row(grids, 0, true);
  }

  private Grid part(int from, int to, String heading, List<String> told) {
    List<Line> lines =
        rows.stream()
            .map(row -> new Line(row.name, row.cells.subList(from, to), row.aside))
            .toList();
    return new Grid(heading, columns.subList(from, to), lines, told);
  }

  private int top() {
    return title.isEmpty() ? 0 : TITLE + Words.extraHeight(title);
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
        Stream.concat(Stream.of(Words.width(title, Ink.TITLE)), notes.stream().map(Grid::noteWidth))
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
    return top() + NAME + lines + NOTE * notes.size() + SIDE + 4;
  }

  @Override
  public void paint(Graphics2D g) {
    Words.paint(g, title, Ink.TITLE, Ink.TEXT, SIDE, 20);
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).paint(g, left() + pitch() * (c + 0.5), top() + 17.0, 0.5);
    }
    int y = top() + NAME;
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
