package org.whisker.table.position;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.PartDensity;
import org.whisker.table.Table;

/**
 * The density of black pixels in a side or corner, or the difference of two opposite sides; a row
 * of a condition's {@code sides.csv}.
 *
 * @param part its name, or {@code left - right}
 * @param density relative to a uniform distribution, mean over runs
 * @param ciLow of the 95 % interval over runs, not cut at 0; empty for a single run
 * @param byChance 1, or 0 for a difference
 * @param pValue two-sided, by sign flips around {@code byChance}
 * @param pHolm corrected for all rows
 */
public record PartDensityRow(
    String part,
    double density,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    double byChance,
    double pValue,
    double pHolm) {
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

  /** Whether it is a difference of two parts, not the density in one. */
  public boolean isDifference() {
    return byChance == 0;
  }
}
