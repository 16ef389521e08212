package org.whisker.table.position;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.position.EdgeComparison;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of a heatmap's {@code compare.csv}: the comparison of two conditions.
 *
 * @param a label of the first condition
 * @param b label of the second condition
 * @param deltaEdgeIndex mean E of a minus that of b: below 0, a lies nearer the edge
 * @param pHolm p-value corrected (Holm) over all pairs
 * @param a12 Vargha and Delaney's A: the probability that a run of a has a larger E than a run of b
 * @param pEquivalence p-value of the equivalence test that the difference lies within the margin
 * @param runsNeededEach estimated number of runs per condition needed for a decision, when these do
 *     not suffice
 */
public record EdgeComparisonRow(
    String a,
    String b,
    double deltaEdgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability") double pValue,
    @Column(unit = "probability") double pHolm,
    double a12,
    @Column(unit = "probability") OptionalDouble pEquivalence,
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
