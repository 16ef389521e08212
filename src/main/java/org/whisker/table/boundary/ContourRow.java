package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.List;
import org.whisker.boundary.Contour;
import org.whisker.boundary.Slice;
import org.whisker.boundary.SliceGrid;
import org.whisker.boundary.SlicePlane;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code contour.csv}: a point on a contour line p(cat) = ½. */
public record ContourRow(
    @Column(
            meaning =
                "number of the line, from 1; a line is closed when its first and last "
                    + "points coincide")
        int line,
    @Column(unit = "gray", meaning = "from A towards B, in root-mean-square gray values") double x,
    @Column(unit = "gray") double y) {
  /** The name of the file. */
  public static final String FILE = "contour.csv";

  public static final Table<ContourRow> TABLE = Table.of(ContourRow.class, FILE);

  /** The rows of all lines of a slice. */
  public static List<ContourRow> of(Slice slice) {
    SliceGrid grid = slice.grid();
    List<ContourRow> rows = new ArrayList<>();
    int line = 0;
    for (Contour contour : slice.contours()) {
      line++;
      for (SlicePlane.Point point : contour.points()) {
        rows.add(new ContourRow(line, grid.x(point.x()), grid.y(point.y())));
      }
    }
    return rows;
  }
}
