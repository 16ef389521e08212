package org.whisker.table.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.explain.HypothesisTest;
import org.whisker.hypothesis.Expected;
import org.whisker.selfcheck.MatrixCell;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the result of a hypothesis test on a planted classifier.
 *
 * @param expected the correct verdict; {@code any} when the plant does not determine it
 * @param seen the verdict of the analysis; {@code not_tested} when there is none
 * @param comparison that decided the verdict
 * @param effect size, in the unit of the comparison's statistic
 * @param p uncorrected p-value
 * @param pCorrected p-value corrected over the hypotheses of this plant
 * @param pEquivalence p-value of the equivalence test that the effect lies within the margin
 * @param runs number of runs, or networks, that have a value
 * @param outcome {@code right}, {@code wrong}, {@code undecided} or {@code open}
 * @param reason why the expected verdict is correct
 * @param note why there is no verdict; empty when there is one
 */
public record MatrixRow(
    String plant,
    String hypothesis,
    String expected,
    String seen,
    String comparison,
    OptionalDouble effect,
    @Column(unit = "probability") OptionalDouble p,
    @Column(unit = "probability") OptionalDouble pCorrected,
    @Column(unit = "probability") OptionalDouble pEquivalence,
    int runs,
    String outcome,
    String reason,
    String note) {
  public static final String FILE = "matrix.csv";
  public static final Table<MatrixRow> TABLE = Table.of(MatrixRow.class);

  /** Whether an incorrect verdict was asserted. */
  public boolean isWrong() {
    return outcome.equals(Expected.Outcome.WRONG.label());
  }

  /** One row per cell. */
  public static List<MatrixRow> of(List<MatrixCell> cells) {
    return cells.stream().map(MatrixRow::of).toList();
  }

  private static MatrixRow of(MatrixCell cell) {
    HypothesisTest test = cell.test();
    return new MatrixRow(
        cell.plant(),
        cell.hypothesis(),
        cell.expected().label(),
        label(cell.seen()),
        test.comparison(),
        test.effect(),
        test.p(),
        test.pCorrected(),
        test.pEquivalence(),
        test.runs(),
        cell.outcome().label(),
        cell.reason(),
        test.reason());
  }

  private static String label(Optional<Verdict> seen) {
    return seen.map(Verdict::label).orElse(Expected.NOT_TESTED.label());
  }
}
