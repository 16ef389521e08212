package org.whisker.table.boundary;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.boundary.Robustness;
import org.whisker.stats.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code summary.csv}: the images of a group under one small perturbation. Each image
 * enters with its mean over the draws.
 */
public record RobustnessSummaryRow(
    String group,
    @Column(meaning = "description of the perturbation") String change,
    int images,
    @Column(meaning = "number of draws per image") int draws,
    @Column(unit = "probability", meaning = "mean p(cat) over images") double meanPCat,
    @Column(
            unit = "probability",
            meaning =
                "lower end of the 95 % confidence interval of the mean, over images; "
                    + "empty for a single image")
        OptionalDouble low,
    @Column(unit = "probability", meaning = "upper end of the interval") OptionalDouble high,
    @Column(
            unit = "share",
            meaning =
                "share of draws, 0 to 1, that stay on the same side of the boundary "
                    + "as the unchanged image")
        double sameSide) {
  /** The name of the file. */
  public static final String FILE = "summary.csv";

  public static final Table<RobustnessSummaryRow> TABLE =
      Table.of(RobustnessSummaryRow.class, FILE);

  /**
   * The row of a group and a change.
   *
   * @param change its index
   * @param interval of the mean; empty for a single image
   */
  public static RobustnessSummaryRow of(
      String group, Robustness scored, int change, Optional<Interval> interval) {
    return new RobustnessSummaryRow(
        group,
        scored.changes().get(change).label(),
        scored.pictures(),
        scored.changes().get(change).draws(),
        scored.mean(change),
        interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty()),
        interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty()),
        scored.sameSide(change));
  }
}
