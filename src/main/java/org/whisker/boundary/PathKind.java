package org.whisker.boundary;

import java.util.Arrays;

/** The kinds of paths from one picture to another. */
public enum PathKind {
  /** The most helpful pixel first, see {@link BoundaryPaths.GreedyOrder}. */
  BEST_FIRST("best-first"),
  /** The least helpful first. */
  WORST_FIRST("worst-first"),
  /** Pixels change by edge rank, from the border to the centre. */
  OUTWARD_IN("outward-in"),
  /** Pixels change by edge rank, from the centre to the border. */
  INWARD_OUT("inward-out"),
  /** Pixels change in an order that is drawn at random. */
  RANDOM("random"),
  /** All grays change together along a straight line. */
  STRAIGHT("straight");

  private final String label;

  PathKind(String label) {
    this.label = label;
  }

  /** The word by which options and tables name it. */
  public String label() {
    return label;
  }

  /**
   * The kind with this label.
   *
   * @throws IllegalArgumentException listing all
   */
  public static PathKind parse(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a path is best-first, worst-first, outward-in, inward-out, random or"
                        + " straight, was '"
                        + label
                        + "'"));
  }
}
