package org.whisker.table.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.explain.Comparison.Difference;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE} of a comparison: the difference of two models in a quantity.
 *
 * @param measure the quantity
 * @param difference value of the first model minus that of the second, in the quantity's unit
 * @param ciLow lower end of its 95 % confidence interval
 * @param ciHigh upper end of the interval
 * @param pValue two-sided p-value, paired by seed; empty when there are no pairs
 * @param pHolm p-value corrected (Holm) over all differences of the comparison
 * @param pairs number of seeds for which both models have a value; empty when it is not paired
 */
public record DifferenceRow(
    String measure,
    @Column("model_a") String modelA,
    @Column("model_b") String modelB,
    double difference,
    double ciLow,
    double ciHigh,
    @Column(unit = "probability") OptionalDouble pValue,
    @Column(unit = "probability") OptionalDouble pHolm,
    OptionalInt pairs) {
  public static final String FILE = "differences.csv";
  public static final Table<DifferenceRow> TABLE = Table.of(DifferenceRow.class);

  /** One row per quantity and pair of models. */
  public static List<DifferenceRow> of(List<Difference> differences) {
    return differences.stream()
        .map(
            d ->
                new DifferenceRow(
                    d.quantity(),
                    d.modelA(),
                    d.modelB(),
                    d.value(),
                    d.low(),
                    d.high(),
                    d.p(),
                    d.pHolm(),
                    d.pairs() == 0 ? OptionalInt.empty() : OptionalInt.of(d.pairs())))
        .toList();
  }
}
