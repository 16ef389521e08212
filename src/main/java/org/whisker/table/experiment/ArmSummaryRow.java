package org.whisker.table.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.ArmSummary;
import org.whisker.stats.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: summary of one measure over all runs of an arm. Charts and pages show
 * these means and intervals.
 *
 * @param arm name of the arm
 * @param measure edge_index (of final images), edge_index_at_target, edge_index_at_half (at equal
 *     p(cat)), gain, p_cat, pixels or evaluations
 * @param runs number of runs of the arm, including failed ones
 * @param successes number of runs whose p(cat) reached the target
 * @param target p(cat) that counts as success
 * @param units number of values averaged: runs, or networks in training experiments
 * @param mean in the unit of the measure; empty when no unit has a value
 * @param ciLow lower end of its 95 % confidence interval; empty for fewer than two units
 * @param ciHigh upper end of the interval
 */
public record ArmSummaryRow(
    String arm,
    String measure,
    int runs,
    int successes,
    @Column(unit = "probability") double target,
    int units,
    OptionalDouble mean,
    OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "arm_summary.csv";
  public static final Table<ArmSummaryRow> TABLE = Table.of(ArmSummaryRow.class);

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
