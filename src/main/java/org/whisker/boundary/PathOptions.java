package org.whisker.boundary;

import java.util.List;

/**
 * Which paths are scored, and how finely.
 *
 * @param kinds each at most once, at least one
 * @param steps of a pixel path at most, which sets its block, at least 1
 * @param draws how many random orders, at least 1
 * @param candidates pixels scored in a greedy step at most, at least 1
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
