package org.whisker.selfcheck;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Expected;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: the result of a hypothesis test on a planted classifier. */
public record MatrixRow(
    String plant,
    String hypothesis,
    @Column(meaning = "the correct verdict; any when the plant does not determine it")
        String expected,
    @Column(meaning = "the verdict of the analysis; not_tested when there is none") String seen,
    @Column(meaning = "comparison that decided the verdict") String comparison,
    @Column(meaning = "size, in the unit of the comparison's statistic") OptionalDouble effect,
    @Column(unit = "probability", meaning = "uncorrected p-value") OptionalDouble p,
    @Column(unit = "probability", meaning = "p-value corrected over the hypotheses of this plant")
        OptionalDouble pCorrected,
    @Column(
            unit = "probability",
            meaning = "p-value of the equivalence test that the effect lies within the " + "margin")
        OptionalDouble pEquivalence,
    @Column(meaning = "number of runs, or networks, that have a value") int runs,
    @Column(meaning = "right, wrong, undecided or open") String outcome,
    @Column(meaning = "why the expected verdict is correct") String reason,
    @Column(meaning = "why there is no verdict; empty when there is one") String note) {
  public static final String FILE = "matrix.csv";
  public static final Table<MatrixRow> TABLE = Table.of(MatrixRow.class, FILE);

  /** Whether an incorrect verdict was asserted. */
  public boolean isWrong() {
    return outcome.equals(Expected.Outcome.WRONG.label());
  }

  /** One row per cell. */
  public static List<MatrixRow> of(List<MatrixCell> cells) {
    return cells.stream().map(MatrixRow::of).toList();
  }

  private static MatrixRow of(MatrixCell cell) {
    Finding test = cell.test();
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
