package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.Slice;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code points.csv}: one of the three images that span a slice. */
public record SlicePointRow(
    @Column(meaning = "A, B or C") String point,
    @Column(meaning = "name of the image") String image,
    @Column(unit = "gray", meaning = "from A towards B, in root-mean-square gray values") double x,
    @Column(unit = "gray") double y,
    @Column(unit = "logit", meaning = "logit of not-cat") float logit,
    @Column(unit = "probability") double pCat) {
  /** The name of the file. */
  public static final String FILE = "points.csv";

  public static final Table<SlicePointRow> TABLE = Table.of(SlicePointRow.class, FILE);

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
