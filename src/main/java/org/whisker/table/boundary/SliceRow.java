package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.Slice;
import org.whisker.boundary.SliceGrid;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code slice.csv}: a grid point of the plane through three images.
 *
 * @param row row of the grid, counted from the top, where y is largest
 * @param x from A towards B, in root-mean-square gray values (0 to 1)
 * @param y orthogonal to x, towards C, in the same unit
 * @param logit of not-cat
 * @param clampedShare share of pixels, 0 to 1, whose gray was clamped to the range from 0 (black)
 *     to 1 (white)
 * @param clampedRms root-mean-square change of gray values by clamping
 */
public record SliceRow(
    int column,
    int row,
    @Column(unit = "gray") double x,
    @Column(unit = "gray") double y,
    @Column(unit = "logit") float logit,
    @Column(unit = "probability") double pCat,
    @Column(unit = "share") double clampedShare,
    @Column(unit = "gray") double clampedRms) {
  /** The name of the file. */
  public static final String FILE = "slice.csv";

  public static final Table<SliceRow> TABLE = Table.of(SliceRow.class);

  /** The rows of a slice, row by row from the top. */
  public static List<SliceRow> of(Slice slice) {
    return IntStream.range(0, slice.places().size()).mapToObj(i -> of(slice, i)).toList();
  }

  private static SliceRow of(Slice slice, int i) {
    SliceGrid grid = slice.grid();
    Slice.Place place = slice.places().get(i);
    int column = grid.column(i);
    int row = grid.row(i);
    return new SliceRow(
        column,
        row,
        grid.x(column),
        grid.y(row),
        place.logit(),
        place.catProbability(),
        place.clamped(),
        place.moved());
  }
}
