package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.Crossing;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.ScoredPath;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code crossings.csv}: a crossing of the decision boundary between two adjacent
 * positions of a path.
 */
public record CrossingRow(
    @Column(meaning = "kind of the path, such as best-first") String order,
    @Column(meaning = "number of the random order, from 1; empty for other kinds") OptionalInt draw,
    @Column(meaning = "its number on the path, from 1") int crossing,
    @Column(meaning = "the side entered") Side towards,
    @Column(meaning = "position just before, see position") double before,
    @Column(meaning = "position just after") double after,
    @Column(unit = "logit") float logitBefore,
    @Column(unit = "probability") double pCatBefore,
    @Column(unit = "logit") float logitAfter,
    @Column(unit = "probability") double pCatAfter) {
  /** The name of the file. */
  public static final String FILE = "crossings.csv";

  public static final Table<CrossingRow> TABLE = Table.of(CrossingRow.class, FILE);

  /** The rows of all paths. */
  public static List<CrossingRow> of(BoundaryPaths paths) {
    List<CrossingRow> rows = new ArrayList<>();
    paths.paths().forEach(path -> rows.addAll(of(path)));
    return rows;
  }

  /** The rows of one path. */
  public static List<CrossingRow> of(ScoredPath path) {
    List<CrossingRow> rows = new ArrayList<>();
    for (Crossing found : path.profile().crossings()) {
      rows.add(
          new CrossingRow(
              path.kind().label(),
              PathRow.draw(path),
              rows.size() + 1,
              Side.of(found.towardsCat()),
              found.low(),
              found.high(),
              found.lowLogit(),
              found.lowCatProbability(),
              found.highLogit(),
              found.highCatProbability()));
    }
    return rows;
  }

  /** Whether the path is the straight line in gray levels. */
  public boolean isStraight() {
    return order.equals(PathKind.STRAIGHT.label());
  }
}
