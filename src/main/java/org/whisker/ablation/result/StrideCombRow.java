package org.whisker.ablation.result;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.move.StrideComb;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: images rolled by multiples of a stride, compared with rolls by one pixel
 * more or less. Cells are empty for a single image.
 */
public record StrideCombRow(
    @Column(unit = "px", meaning = "the stride") int modulus,
    @Column(meaning = "number of multiples compared") int multiples,
    @Column(
            unit = "logit",
            meaning =
                "difference of the mean change of the logit of not-cat, multiples "
                    + "minus others; below 0, multiples lose less")
        OptionalDouble difference,
    @Column(unit = "logit", meaning = "lower end of its 95 % confidence interval")
        OptionalDouble ciLow,
    @Column(unit = "logit", meaning = "upper end of the interval") OptionalDouble ciHigh,
    @Column(
            unit = "probability",
            meaning = "two-sided p-value of a sign-flip permutation test over images")
        OptionalDouble pValue,
    @Column(unit = "probability", meaning = "p-value corrected (Holm) over all moduli")
        OptionalDouble pHolm) {
  public static final String FILE = "stride-comb.csv";
  public static final Table<StrideCombRow> TABLE = Table.of(StrideCombRow.class, FILE);

  /** One row per stride. */
  public static List<StrideCombRow> of(List<StrideComb> combs) {
    return combs.stream().map(StrideCombRow::of).toList();
  }

  private static StrideCombRow of(StrideComb comb) {
    @Nullable Estimate difference = comb.difference();
    boolean tested = difference != null;
    return new StrideCombRow(
        comb.modulus(),
        comb.multiples(),
        difference == null ? OptionalDouble.empty() : OptionalDouble.of(difference.value()),
        MoveCurveRow.low(difference),
        MoveCurveRow.high(difference),
        tested ? OptionalDouble.of(comb.p()) : OptionalDouble.empty(),
        tested ? OptionalDouble.of(comb.pHolm()) : OptionalDouble.empty());
  }
}
