package org.whisker.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.whisker.classifier.Classifier;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Two positions of a path on opposite sides of the boundary, as close as the path's resolution
 * permits.
 *
 * @param low the position just before
 * @param high the position just after
 * @param lowLogit of not-cat at {@code low}
 * @param highLogit of not-cat at {@code high}
 */
public record Crossing(double low, double high, float lowLogit, float highLogit) {
  public Crossing {
    if (!(low < high) || Grays.isCat(lowLogit) == Grays.isCat(highLogit)) {
      throw new IllegalArgumentException(
          "nothing is crossed from %s (logit %s) to %s (logit %s)"
              .formatted(low, lowLogit, high, highLogit));
    }
  }

  /** Whether the crossing is towards cat. */
  public boolean towardsCat() {
    return Grays.isCat(highLogit);
  }

  /** p(cat) just before. */
  public double lowCatProbability() {
    return Classifier.catProbability(lowLogit);
  }

  /** p(cat) just after. */
  public double highCatProbability() {
    return Classifier.catProbability(highLogit);
  }

  /**
   * A row of {@code crossings.csv}: a crossing of the decision boundary between two adjacent
   * positions of a path.
   */
  public record OnPath(
      @Column(meaning = "kind of the path, such as best-first") String order,
      @Column(meaning = "number of the random order, from 1; empty for other kinds")
          OptionalInt draw,
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

    public static final Table<OnPath> TABLE = Table.of(OnPath.class, FILE);

    /** The rows of all paths. */
    public static List<OnPath> of(BoundaryPaths paths) {
      List<OnPath> rows = new ArrayList<>();
      paths.paths().forEach(path -> rows.addAll(of(path)));
      return rows;
    }

    /** The rows of one path. */
    public static List<OnPath> of(BoundaryPaths.ScoredPath path) {
      List<OnPath> rows = new ArrayList<>();
      for (Crossing found : path.profile().crossings()) {
        rows.add(
            new OnPath(
                path.kind().label(),
                PathProfile.Scored.draw(path),
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
}
