package org.whisker.table.experiment;

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
 *
 * @param modulus the stride
 * @param multiples number of multiples compared
 * @param difference difference of the mean change of the logit of not-cat, multiples minus others;
 *     below 0, multiples lose less
 * @param ciLow lower end of its 95 % confidence interval
 * @param ciHigh upper end of the interval
 * @param pValue two-sided p-value of a sign-flip permutation test over images
 * @param pHolm p-value corrected (Holm) over all moduli
 */
public record StrideCombRow(
    @Column(unit = "px") int modulus,
    int multiples,
    @Column(unit = "logit") OptionalDouble difference,
    @Column(unit = "logit") OptionalDouble ciLow,
    @Column(unit = "logit") OptionalDouble ciHigh,
    @Column(unit = "probability") OptionalDouble pValue,
    @Column(unit = "probability") OptionalDouble pHolm) {
  public static final String FILE = "stride-comb.csv";
  public static final Table<StrideCombRow> TABLE = Table.of(StrideCombRow.class);

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
