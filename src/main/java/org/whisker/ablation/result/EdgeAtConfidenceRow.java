package org.whisker.ablation.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.EdgeAtConfidence;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the edge index E of the first image of each run whose p(cat) reaches a
 * given level, summarised per arm.
 */
public record EdgeAtConfidenceRow(
    @Column(meaning = "name of the arm") String arm,
    @Column(value = "p_cat", unit = "probability", meaning = "the level") double catProbability,
    @Column(meaning = "number of runs of the arm, including failed ones") int runs,
    @Column(meaning = "number of runs that reached the level") int reached,
    @Column(meaning = "number of values averaged: runs, or networks in training experiments")
        int units,
    @Column(meaning = "mean E; empty when no unit has a value") OptionalDouble edgeIndex,
    @Column(
            meaning =
                "lower end of its 95 % confidence interval; empty for fewer than two " + "units")
        OptionalDouble ciLow,
    @Column(meaning = "upper end of the interval") OptionalDouble ciHigh) {
  public static final String FILE = "edge_at_p.csv";
  public static final Table<EdgeAtConfidenceRow> TABLE = Table.of(EdgeAtConfidenceRow.class, FILE);

  /** One row per arm and level. */
  public static List<EdgeAtConfidenceRow> of(List<EdgeAtConfidence> all) {
    return all.stream().map(EdgeAtConfidenceRow::of).toList();
  }

  private static EdgeAtConfidenceRow of(EdgeAtConfidence e) {
    Optional<Interval> interval = e.interval();
    return new EdgeAtConfidenceRow(
        e.arm(),
        e.catProbability(),
        e.runs(),
        e.reached(),
        e.units(),
        e.mean(),
        interval.map(i -> OptionalDouble.of(Math.max(0, i.low()))).orElse(OptionalDouble.empty()),
        interval.map(i -> OptionalDouble.of(Math.min(1, i.high()))).orElse(OptionalDouble.empty()));
  }
}
