package org.whisker.position.result;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.PartDensity;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of a condition's {@code sides.csv}: the density of black pixels in a side or corner, or the
 * difference between two opposite sides.
 */
public record PartDensityRow(
    @Column(meaning = "name of the part, or of a difference, such as left - right") String part,
    @Column(meaning = "density relative to a uniform distribution, mean over runs") double density,
    @Column(
            meaning =
                "lower end of the 95 % confidence interval over runs, not truncated "
                    + "at 0; empty for a single run")
        OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(meaning = "value expected by chance: 1, or 0 for a difference") double byChance,
    @Column(
            unit = "probability",
            meaning = "two-sided p-value of a sign-flip permutation test around by_chance")
        double pValue,
    @Column(unit = "probability", meaning = "p-value corrected (Holm) over all rows")
        double pHolm) {
  public static final String FILE = "sides.csv";
  public static final Table<PartDensityRow> TABLE = Table.of(PartDensityRow.class, FILE);

  static List<PartDensityRow> of(List<PartDensity> parts) {
    return parts.stream()
        .map(
            p ->
                new PartDensityRow(
                    p.name(), p.mean(), p.ciLow(), p.ciHigh(), p.chance(), p.p(), p.pHolm()))
        .toList();
  }

  /** Whether the row is a difference between two parts, not the density in one. */
  public boolean isDifference() {
    return byChance == 0;
  }
}
