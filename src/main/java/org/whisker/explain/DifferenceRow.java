package org.whisker.explain;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.explain.Comparison.Difference;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE} of a comparison: the difference of two models in a quantity. */
public record DifferenceRow(
    @Column(meaning = "the quantity") String measure,
    @Column("model_a") String modelA,
    @Column("model_b") String modelB,
    @Column(
            meaning =
                "value of the first model minus that of the second, in the quantity's " + "unit")
        double difference,
    @Column(meaning = "lower end of its 95 % confidence interval") double ciLow,
    @Column(meaning = "upper end of the interval") double ciHigh,
    @Column(
            unit = "probability",
            meaning = "two-sided p-value, paired by seed; empty when there are no pairs")
        OptionalDouble pValue,
    @Column(
            unit = "probability",
            meaning = "p-value corrected (Holm) over all differences of the comparison")
        OptionalDouble pHolm,
    @Column(
            meaning =
                "number of seeds for which both models have a value; empty when it is "
                    + "not paired")
        OptionalInt pairs) {
  public static final String FILE = "differences.csv";
  public static final Table<DifferenceRow> TABLE = Table.of(DifferenceRow.class, FILE);

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
