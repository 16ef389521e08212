package org.whisker.boundary;

import java.util.List;
import org.whisker.option.Option;
import org.whisker.option.Seed;

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
    @Option(
            defaultValue = "best-first,worst-first,outward-in,inward-out,random,straight",
            names = "--orders",
            label = "LIST",
            split = ",",
            help = {
              "Which paths: best-first, worst-first (greedy, see below), outward-in, inward-out (by edge"
                  + " rank), random, straight (all pixels at once, in gray levels). Default: all."
            })
        List<PathKind> kinds,
    @Option(
            names = "--steps",
            label = "N",
            defaultValue = "500",
            help =
                "Maximum number of steps per pixel path; more pixels than that change in blocks."
                    + " Default: 500.")
        int steps,
    @Option(
            names = "--random",
            label = "N",
            defaultValue = "20",
            help = "Number of random orders. Default: 20.")
        int draws,
    @Option(
            names = "--candidates",
            label = "N",
            defaultValue = "16",
            help = "Maximum number of pixels scored per greedy step. Default: 16.")
        int candidates,
    @Option(
            names = "--line-steps",
            label = "N",
            defaultValue = "100",
            help = "Number of equal parts in which the straight line is scanned. Default: 100.")
        int lineSteps,
    @Option(
            names = "--tolerance",
            label = "T",
            defaultValue = "1e-4",
            help =
                "Crossings on the straight line are bisected to an interval of this width in t. Default:"
                    + " 1e-4.")
        double tolerance,
    @Seed long seed) {
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
