package org.whisker.table.position;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.position.Residues;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Whether some residues of an axis are denser than others, a row of {@code residue_tests.csv}.
 *
 * @param axis {@code x} or {@code y}
 * @param modulus 2 to 32
 * @param whole over all pixels; null where it was not possible
 * @param inner without the pixels within one modulus of either border; null where it was not
 *     possible
 */
public record ResidueTestRow(
    String axis, int modulus, @Nullable Test whole, @Column("inner_") @Nullable Test inner) {
  public static final String FILE = "residue_tests.csv";
  public static final Table<ResidueTestRow> TABLE = Table.of(ResidueTestRow.class);

  /**
   * A test.
   *
   * @param variance of the mean relative density over the residues
   * @param pValue one-sided, against toroidal shifts of each run
   * @param pHolm corrected for all axes and moduli
   */
  public record Test(OptionalDouble variance, OptionalDouble pValue, OptionalDouble pHolm) {
    private static @Nullable Test of(Residues.OptionalTest test) {
      return test.p().isPresent() ? new Test(test.variance(), test.p(), test.pHolm()) : null;
    }
  }

  /** A row an axis and modulus. */
  public static List<ResidueTestRow> of(List<Residues> all) {
    return all.stream()
        .map(r -> new ResidueTestRow(r.axis(), r.modulus(), Test.of(r.whole()), Test.of(r.inner())))
        .toList();
  }
}
