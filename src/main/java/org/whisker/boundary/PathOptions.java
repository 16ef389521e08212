package org.whisker.boundary;

import java.util.List;

/**
 * The paths to score, and their resolution.
 *
 * @param kinds each at most once, at least one
 * @param steps largest number of steps of a pixel path, which determines its block, at least 1
 * @param draws number of random orders, at least 1
 * @param candidates largest number of pixels scored per greedy step, at least 1
 * @param lineSteps parts of the straight line, at least 1
 * @param tolerance in t to which a crossing of the straight line is bisected, above 0
 * @param seed of the random orders and of ties in edge rank
 */
public record PathOptions(
    List<PathKind> kinds,
    int steps,
    int draws,
    int candidates,
    int lineSteps,
    double tolerance,
    long seed) {
  public PathOptions {
    kinds = kinds.stream().distinct().sorted().toList();
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("at least one path is needed, there was none");
    }
    atLeastOne("steps", steps);
    atLeastOne("random orders", draws);
    atLeastOne("candidates", candidates);
    atLeastOne("steps of the line", lineSteps);
    if (!(tolerance > 0 && tolerance <= 1)) {
      throw new IllegalArgumentException("tolerance is above 0 and at most 1, was " + tolerance);
    }
  }

  private static void atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, was " + value);
    }
  }
}
