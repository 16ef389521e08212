package org.whisker.position.result;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.position.EdgeComparison;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of a heatmap's {@code compare.csv}: the comparison of two conditions. */
public record EdgeComparisonRow(
    @Column(meaning = "label of the first condition") String a,
    @Column(meaning = "label of the second condition") String b,
    @Column(meaning = "mean E of a minus that of b: below 0, a lies nearer the edge")
        double deltaEdgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability") double pValue,
    @Column(unit = "probability", meaning = "p-value corrected (Holm) over all pairs") double pHolm,
    @Column(
            meaning =
                "Vargha and Delaney's A: the probability that a run of a has a larger "
                    + "E than a run of b")
        double a12,
    @Column(
            unit = "probability",
            meaning =
                "p-value of the equivalence test that the difference lies within the " + "margin")
        OptionalDouble pEquivalence,
    String verdict,
    @Column(
            meaning =
                "estimated number of runs per condition needed for a decision, when "
                    + "these do not suffice")
        OptionalLong runsNeededEach) {
  public static final String FILE = "compare.csv";
  public static final Table<EdgeComparisonRow> TABLE = Table.of(EdgeComparisonRow.class, FILE);

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
