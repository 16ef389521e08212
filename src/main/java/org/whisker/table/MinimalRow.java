package org.whisker.table;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.boundary.MinimalSet;
import org.whisker.boundary.Removals;
import org.whisker.image.EdgeRank;
import org.whisker.io.CsvRow;

/**
 * A row of {@code minimal.csv}: what a search from one start came to.
 *
 * @param start what the search began with
 * @param flips pixels changed until the start reached the target
 * @param found the set; empty when the search gave up
 */
public record MinimalRow(
    String start,
    double target,
    int startPixels,
    double startProbability,
    int flips,
    long evaluations,
    Optional<Found> found) {

  /**
   * A set that reaches the target.
   *
   * @param file where it is, below the folder and without its ending
   * @param logit of not-cat
   * @param probability p(cat)
   * @param edgeIndex empty for the empty set
   * @param oneMinimal whether no single pixel can go, by full passes
   * @param largestWithout the largest p(cat) without one pixel; empty for the empty set
   */
  public record Found(
      String file,
      int pixels,
      double logit,
      double probability,
      OptionalDouble edgeIndex,
      boolean oneMinimal,
      OptionalDouble largestWithout) {

    static Found of(String file, Removals set) {
      return new Found(
          file,
          set.pixels().count(),
          set.logit(),
          set.wanted().probability(set.logit()),
          new EdgeRank(set.pixels().canvas()).edgeIndex(set.pixels()),
          set.minimal(),
          set.largest());
    }
  }

  /** The row of a search. */
  public static MinimalRow of(String start, String file, MinimalSet set) {
    return new MinimalRow(
        start,
        set.target(),
        set.startPixels(),
        set.startProbability(),
        set.flips(),
        set.evaluations(),
        set.found().map(found -> Found.of(file, found)));
  }

  public static MinimalRow read(CsvRow row) throws IOException {
    Optional<Found> found =
        row.text("pixels").isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Found(
                    row.text("set"),
                    Math.toIntExact(row.integer("pixels")),
                    row.number("logit"),
                    row.number("p_cat"),
                    row.optionalNumber("edge_index"),
                    row.text("one_minimal").equals("yes"),
                    row.optionalNumber("largest_p_cat_without_one")));
    return new MinimalRow(
        row.text("start"),
        row.number("target"),
        Math.toIntExact(row.integer("start_pixels")),
        row.number("start_p_cat"),
        Math.toIntExact(row.integer("flips_to_target")),
        row.integer("evaluations"),
        found);
  }
}
