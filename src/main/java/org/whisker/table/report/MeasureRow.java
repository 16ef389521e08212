package org.whisker.table.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.explain.Comparison.Measured;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE} of a comparison: a quantity of a model.
 *
 * @param measure the quantity
 * @param unit in a word or two
 * @param ciLow lower end of its 95 % interval; empty where the quantity has none
 * @param ciHigh upper end
 * @param runs what the interval is over: runs, or photos; empty where there is none
 */
public record MeasureRow(
    String measure,
    String unit,
    String model,
    double value,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    OptionalInt runs) {
  public static final String FILE = "measures.csv";
  public static final Table<MeasureRow> TABLE = Table.of(MeasureRow.class);

  /** Quantity by quantity, model by model. */
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
