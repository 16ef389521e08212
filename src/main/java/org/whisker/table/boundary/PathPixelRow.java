package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.List;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.PixelPath;
import org.whisker.boundary.ScoredPath;
import org.whisker.image.Canvas;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code pixels.csv}: a pixel of a path. Random orders have no rows, since they can be
 * reproduced from the seed.
 */
public record PathPixelRow(
    @Column(meaning = "kind of the path, such as best-first") String order,
    @Column(meaning = "its rank in the order, from 1") int changed,
    @Column(unit = "px") int x,
    @Column(unit = "px") int y) {
  /** The name of the file. */
  public static final String FILE = "pixels.csv";

  public static final Table<PathPixelRow> TABLE = Table.of(PathPixelRow.class, FILE);

  /** The rows of all pixel paths except the random ones. */
  public static List<PathPixelRow> of(BoundaryPaths paths) {
    Canvas canvas = paths.from().canvas();
    List<PathPixelRow> rows = new ArrayList<>();
    for (ScoredPath path : paths.paths()) {
      if (path.kind() != PathKind.RANDOM && path.path() instanceof PixelPath pixels) {
        int[] order = pixels.order();
        for (int i = 0; i < order.length; i++) {
          rows.add(
              new PathPixelRow(path.kind().label(), i + 1, canvas.x(order[i]), canvas.y(order[i])));
        }
      }
    }
    return rows;
  }
}
