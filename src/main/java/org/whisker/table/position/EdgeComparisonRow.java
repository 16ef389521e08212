package org.whisker.table.position;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.position.EdgeComparison;
import org.whisker.table.Table;

/**
 * Two conditions compared, a row of a heatmap's {@code compare.csv}.
 *
 * @param a the label of one
 * @param b the label of the other
 * @param deltaEdgeIndex mean E of a minus that of b: below 0, a lies nearer the edge
 * @param pHolm corrected for all pairs
 * @param a12 the probability that a run of a has a larger E than one of b
 * @param pEquivalence that the difference lies within the equivalence margin
 * @param runsNeededEach how many runs of each would decide, where these don't
 */
public record EdgeComparisonRow(
    String a,
    String b,
    double deltaEdgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    double pValue,
    double pHolm,
    double a12,
    OptionalDouble pEquivalence,
    String verdict,
    OptionalLong runsNeededEach) {
  public static final String FILE = "compare.csv";
  public static final Table<EdgeComparisonRow> TABLE = Table.of(EdgeComparisonRow.class);

  /** The row of a pair. */
  public static EdgeComparisonRow of(EdgeComparison pair) {
    return new EdgeComparisonRow(
        pair.a(),
        pair.b(),
        pair.delta(),
        pair.ciLow(),
        pair.ciHigh(),
        pair.p(),
        pair.pHolm(),
        pair.a12(),
        pair.pEquivalence(),
        pair.inWords(),
        pair.runsNeeded());
  }
}
