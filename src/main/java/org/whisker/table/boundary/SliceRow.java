package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.Slice;
import org.whisker.boundary.SliceGrid;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code slice.csv}: a grid point of the plane through three images. */
public record SliceRow(
    int column,
    @Column(meaning = "row of the grid, counted from the top, where y is largest") int row,
    @Column(unit = "gray", meaning = "from A towards B, in root-mean-square gray values (0 to 1)")
        double x,
    @Column(unit = "gray", meaning = "orthogonal to x, towards C, in the same unit") double y,
    @Column(unit = "logit", meaning = "logit of not-cat") float logit,
    @Column(unit = "probability") double pCat,
    @Column(
            unit = "share",
            meaning =
                "share of pixels, 0 to 1, whose gray was clamped to the range from 0 "
                    + "(black) to 1 (white)")
        double clampedShare,
    @Column(unit = "gray", meaning = "root-mean-square change of gray values by clamping")
        double clampedRms) {
  /** The name of the file. */
  public static final String FILE = "slice.csv";

  public static final Table<SliceRow> TABLE = Table.of(SliceRow.class, FILE);

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
