package org.whisker.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.whisker.classifier.Classifier;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Two positions of a path on opposite sides of the boundary, as close as the path's resolution
 * permits. Logits are of not-cat.
 */
public record Crossing(
    @Column(meaning = "position just before: number of changed pixels, or t of the straight line")
        double before,
    @Column(meaning = "position just after") double after,
    @Column(unit = "logit", meaning = "logit of not-cat just before") float logitBefore,
    @Column(unit = "logit", meaning = "logit of not-cat just after") float logitAfter) {
  public Crossing {
    if (!(before < after) || Grays.isCat(logitBefore) == Grays.isCat(logitAfter)) {
      throw new IllegalArgumentException(
          "nothing is crossed from %s (logit %s) to %s (logit %s)"
              .formatted(before, logitBefore, after, logitAfter));
    }
  }

  /** The side entered. */
  @Column(after = Column.START, meaning = "the side entered")
  public Side towards() {
    return Side.of(Grays.isCat(logitAfter));
  }

  @Column(
      after = "logitBefore",
      value = "p_cat_before",
      unit = Column.PROBABILITY,
      meaning = "p(cat) just before")
  public double catProbabilityBefore() {
    return Classifier.catProbability(logitBefore);
  }

  @Column(
      after = "logitAfter",
      value = "p_cat_after",
      unit = Column.PROBABILITY,
      meaning = "p(cat) just after")
  public double catProbabilityAfter() {
    return Classifier.catProbability(logitAfter);
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
      Crossing between) {
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
            new OnPath(path.kind().label(), PathProfile.Scored.draw(path), rows.size() + 1, found));
      }
      return rows;
    }

    /** Whether the path is the straight line in gray levels. */
    public boolean isStraight() {
      return order.equals(PathKind.STRAIGHT.label());
    }
  }
}
