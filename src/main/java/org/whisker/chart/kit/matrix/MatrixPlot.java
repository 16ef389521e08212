package org.whisker.chart.kit.matrix;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.Ink;
import org.whisker.value.Checks;

/**
 * A matrix of coloured cells with two lines of text in each.
 *
 * @param rows row names, at the left
 * @param columns column names, above
 * @param cells cells by row and column
 * @param colors what the places of cells on the scale look like
 * @param notes lines of text below
 */
public record MatrixPlot(
    String title,
    List<Grid.Name> rows,
    List<Grid.Name> columns,
    List<List<Cell>> cells,
    ColorMap colors,
    List<String> notes)
    implements Composed {
  private static final int WIDE = 92;
  private static final int HIGH = 38;

  /**
   * One cell of the matrix.
   *
   * @param place position on the colour scale, 0 to 1
   * @param framed whether it is highlighted by a frame
   */
  public record Cell(double place, String value, String below, boolean framed) {
    private Swatch swatch(ColorMap colors, int width) {
      Color ground = new Color(colors.rgb(place));
      return Swatch.of(ground, value, below, framed, width, HIGH);
    }
  }

  public MatrixPlot {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
    notes = List.copyOf(notes);
    Checks.refuse(cells.size() != rows.size(), "%s names for %s rows", rows.size(), cells.size());
  }

  @Override
  public Drawing drawing() {
    return grid(WIDE);
  }

  /** Makes cells no wider than their texts where the wider ones do not fit beside each other. */
  @Override
  public Drawing within(int width) {
    Grid wide = grid(WIDE);
    return (wide.width() <= width ? wide : grid(0)).within(width);
  }

  /** The matrix with cells of at least a width. */
  private Grid grid(int width) {
    List<Grid.Line> lines = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      List<Swatch> swatches =
          cells.get(r).stream().map(cell -> cell.swatch(colors, width)).toList();
      lines.add(new Grid.Line(rows.get(r), swatches, null));
    }
    return new Grid(title, columns, lines, notes);
  }

  /**
   * A coloured cell with two lines of text.
   *
   * @param framed whether it is highlighted by a frame
   */
  public record Swatch(
      Color ground, String value, String below, boolean framed, int width, int height)
      implements Drawing {
    private static final int ROOM = 14;
    private static final BasicStroke FRAME = new BasicStroke(2.5f);

    /** A swatch wide enough for its texts, with the given minimum width. */
    public static Swatch of(
        Color ground, String value, String below, boolean framed, int width, int height) {
      double texts = Math.max(Ink.width(value, Ink.TITLE), Ink.width(below, Ink.TICK));
      return new Swatch(
          ground, value, below, framed, Math.max(width, ROOM + (int) Math.ceil(texts)), height);
    }

    @Override
    public void paint(Graphics2D g) {
      Rectangle2D box = new Rectangle2D.Double(0, 0, width, height);
      g.setColor(ground);
      g.fill(box);
      Color ink = Ink.on(ground);
      Ink.text(g, value, Ink.TITLE, ink, width / 2.0, height / 2.0 - 3, 0.5);
      Ink.text(g, below, Ink.TICK, ink, width / 2.0, height / 2.0 + 13, 0.5);
      if (framed) {
        g.setColor(Ink.TEXT);
        g.setStroke(FRAME);
        g.draw(box);
      }
    }
  }
}
