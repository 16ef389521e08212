package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.ArmSummary;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: summary of one measure over all runs of an arm. Charts and pages show
 * these means and intervals.
 */
public record ArmSummaryRow(
    @Column(meaning = "name of the arm") String arm,
    @Column(
            meaning =
                "edge_index (of final images), edge_index_at_target, "
                    + "edge_index_at_half (at equal p(cat)), gain, p_cat, pixels or "
                    + "evaluations")
        String measure,
    @Column(meaning = "number of runs of the arm, including failed ones") int runs,
    @Column(meaning = "number of runs whose p(cat) reached the target") int successes,
    @Column(unit = "probability", meaning = "p(cat) that counts as success") double target,
    @Column(meaning = "number of values averaged: runs, or networks in training experiments")
        int units,
    @Column(meaning = "mean, in the unit of the measure; empty when no unit has a value")
        OptionalDouble mean,
    @Column(
            meaning =
                "lower end of its 95 % confidence interval; empty for fewer than two " + "units")
        OptionalDouble ciLow,
    @Column(meaning = "upper end of the interval") OptionalDouble ciHigh) {
  public static final String FILE = "arm_summary.csv";
  public static final Table<ArmSummaryRow> TABLE = Table.of(ArmSummaryRow.class, FILE);

  public static final String EDGE_INDEX = "edge_index";
  public static final String AT_TARGET = "edge_index_at_target";
  public static final String AT_HALF = "edge_index_at_half";
  public static final String P_CAT = "p_cat";

  /**
   * The rows of these summaries.
   *
   * @param target p(cat) that counted as success
   */
  public static List<ArmSummaryRow> of(List<ArmSummary> summaries, double target) {
    List<ArmSummaryRow> rows = new ArrayList<>();
    for (ArmSummary s : summaries) {
      Optional<Interval> interval = s.interval();
      rows.add(
          new ArmSummaryRow(
              s.arm(),
              s.measure().label(),
              s.runs(),
              s.successes(),
              target,
              s.units(),
              s.mean(),
              interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty()),
              interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty())));
    }
    return rows;
  }

  /** The row of an arm and a measure. */
  public static Optional<ArmSummaryRow> find(List<ArmSummaryRow> rows, String arm, String measure) {
    return rows.stream()
        .filter(row -> row.arm().equals(arm) && row.measure().equals(measure))
        .findFirst();
  }
}
