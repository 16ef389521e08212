package org.whisker.position.result;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.DensityProfile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * The density of black pixels in adjacent rings, a row of a condition's {@code
 * density_profile.csv}, from the border inwards.
 */
public record DensityBinRow(
    @Column(meaning = "the rings") RingRange where,
    @Column(
            meaning =
                "density relative to a uniform distribution, mean over runs: 1 is "
                    + "expected by chance")
        double density,
    @Column(
            meaning =
                "lower end of the 95 % confidence interval over runs, not truncated "
                    + "at 0; empty for a single run")
        OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "density_profile.csv";
  public static final Table<DensityBinRow> TABLE = Table.of(DensityBinRow.class, FILE);

  /** One row per bin, from the border inwards. */
  public static List<DensityBinRow> of(DensityProfile profile) {
    return profile.bins().stream()
        .map(
            bin ->
                new DensityBinRow(
                    RingRange.of(bin.where()), bin.density(), bin.ciLow(), bin.ciHigh()))
        .toList();
  }
}
