package org.whisker.explain;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.explain.Comparison.Measured;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE} of a comparison: a quantity of a model. */
public record MeasureRow(
    @Column(meaning = "the quantity") String measure,
    @Column(meaning = "unit in one or two words") String unit,
    String model,
    double value,
    @Column(
            meaning =
                "lower end of its 95 % confidence interval; empty when the quantity " + "has none")
        OptionalDouble ciLow,
    @Column(meaning = "upper end of the interval") OptionalDouble ciHigh,
    @Column(
            meaning =
                "number of runs, or photos, that the interval is over; empty when "
                    + "there is none")
        OptionalInt runs) {
  public static final String FILE = "measures.csv";
  public static final Table<MeasureRow> TABLE = Table.of(MeasureRow.class, FILE);

  /** One row per quantity and model, grouped by quantity. */
  public static List<MeasureRow> of(List<Measured> measures) {
    return measures.stream()
        .map(
            m ->
                new MeasureRow(
                    m.quantity(),
                    m.unit(),
                    m.model(),
                    m.value(),
                    m.low(),
                    m.high(),
                    m.count() == 0 ? OptionalInt.empty() : OptionalInt.of(m.count())))
        .toList();
  }
}
