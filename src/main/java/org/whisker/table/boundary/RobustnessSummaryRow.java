package org.whisker.table.boundary;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.boundary.Robustness;
import org.whisker.stats.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code summary.csv}: the images of a group under one small change. An image counts by
 * its mean over the draws.
 *
 * @param change what was done to them, in words
 * @param draws how often for each image
 * @param meanPCat mean p(cat) over images
 * @param low lower end of the mean's 95 % interval, over images; empty for a single image
 * @param high upper end of it
 * @param sameSide share of all draws that stay on the side of their unchanged image
 */
public record RobustnessSummaryRow(
    String group,
    String change,
    int images,
    int draws,
    @Column(unit = "probability") double meanPCat,
    @Column(unit = "probability") OptionalDouble low,
    @Column(unit = "probability") OptionalDouble high,
    @Column(unit = "share") double sameSide) {
  /** The name of the file. */
  public static final String FILE = "summary.csv";

  public static final Table<RobustnessSummaryRow> TABLE = Table.of(RobustnessSummaryRow.class);

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
