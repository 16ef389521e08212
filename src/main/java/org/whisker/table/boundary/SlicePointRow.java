package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.Slice;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code points.csv}: one of the three images that span a slice.
 *
 * @param point A, B or C
 * @param image name of the image
 * @param x see {@link SliceRow}
 * @param logit of not-cat
 */
public record SlicePointRow(
    String point,
    String image,
    @Column(unit = "gray") double x,
    @Column(unit = "gray") double y,
    @Column(unit = "logit") float logit,
    @Column(unit = "probability") double pCat) {
  /** The name of the file. */
  public static final String FILE = "points.csv";

  public static final Table<SlicePointRow> TABLE = Table.of(SlicePointRow.class);

  /**
   * The rows of a slice.
   *
   * @param names names of the three images
   */
  public static List<SlicePointRow> of(List<String> names, Slice slice) {
    return IntStream.range(0, names.size()).mapToObj(i -> of(names.get(i), slice, i)).toList();
  }

  private static SlicePointRow of(String name, Slice slice, int i) {
    Slice.Corner corner = slice.points().get(i);
    return new SlicePointRow(
        String.valueOf((char) ('A' + i)),
        name,
        corner.at().x(),
        corner.at().y(),
        corner.logit(),
        corner.catProbability());
  }
}
