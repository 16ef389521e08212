package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.ScoredPath;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code path.csv}: one scored image of a path. */
public record PathRow(
    @Column(meaning = "kind of the path, such as best-first") String order,
    @Column(meaning = "number of the random order, from 1; empty for other kinds") OptionalInt draw,
    @Column(meaning = "number of changed pixels; on the straight line the parameter t, 0 to " + "1")
        double position,
    @Column(unit = "logit", meaning = "logit of not-cat") float logit,
    @Column(unit = "probability") double pCat) {
  /** The name of the file. */
  public static final String FILE = "path.csv";

  public static final Table<PathRow> TABLE = Table.of(PathRow.class, FILE);

  /** The rows of all paths. */
  public static List<PathRow> of(BoundaryPaths paths) {
    List<PathRow> rows = new ArrayList<>();
    for (ScoredPath path : paths.paths()) {
      PathProfile profile = path.profile();
      List<Double> probabilities = profile.catProbabilities();
      for (int i = 0; i < probabilities.size(); i++) {
        rows.add(
            new PathRow(
                path.kind().label(),
                draw(path),
                profile.positions().get(i),
                profile.logits().get(i),
                probabilities.get(i)));
      }
    }
    return rows;
  }

  static OptionalInt draw(ScoredPath path) {
    return path.draw() == 0 ? OptionalInt.empty() : OptionalInt.of(path.draw());
  }

  /** Whether the path is the straight line in gray levels. */
  public boolean isStraight() {
    return order.equals(PathKind.STRAIGHT.label());
  }

  /** Whether the path is a random order. */
  public boolean isRandom() {
    return order.equals(PathKind.RANDOM.label());
  }
}
