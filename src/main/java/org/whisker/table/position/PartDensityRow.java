package org.whisker.table.position;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.PartDensity;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of a condition's {@code sides.csv}: the density of black pixels in a side or corner, or the
 * difference between two opposite sides.
 *
 * @param part name of the part, or of a difference, such as {@code left - right}
 * @param density density relative to a uniform distribution, mean over runs
 * @param ciLow lower end of the 95 % confidence interval over runs, not truncated at 0; empty for a
 *     single run
 * @param byChance value expected by chance: 1, or 0 for a difference
 * @param pValue two-sided p-value of a sign-flip permutation test around {@code byChance}
 * @param pHolm p-value corrected (Holm) over all rows
 */
public record PartDensityRow(
    String part,
    double density,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    double byChance,
    @Column(unit = "probability") double pValue,
    @Column(unit = "probability") double pHolm) {
  public static final String FILE = "sides.csv";
  public static final Table<PartDensityRow> TABLE = Table.of(PartDensityRow.class);

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
