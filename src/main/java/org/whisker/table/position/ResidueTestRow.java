package org.whisker.table.position;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.position.Residues;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code residue_tests.csv}: tests of whether the density along an axis depends on the
 * residue.
 *
 * @param axis {@code x} or {@code y}
 * @param modulus in pixels, 2 to 32
 * @param whole test over all pixels; null when it was not possible
 * @param inner test without the pixels within one modulus of either border; null when it was not
 *     possible
 */
public record ResidueTestRow(
    String axis, int modulus, @Nullable Test whole, @Column("inner_") @Nullable Test inner) {
  public static final String FILE = "residue_tests.csv";
  public static final Table<ResidueTestRow> TABLE = Table.of(ResidueTestRow.class);

  /**
   * A test.
   *
   * @param variance variance of the mean relative density over the residues
   * @param pValue one-sided p-value against independent toroidal shifts of each run
   * @param pHolm p-value corrected (Holm) over all axes and moduli
   */
  public record Test(
      OptionalDouble variance,
      @Column(unit = "probability") OptionalDouble pValue,
      @Column(unit = "probability") OptionalDouble pHolm) {
    private static @Nullable Test of(Residues.OptionalTest test) {
      return test.p().isPresent() ? new Test(test.variance(), test.p(), test.pHolm()) : null;
    }
  }

  /** One row per axis and modulus. */
  public static List<ResidueTestRow> of(List<Residues> all) {
    return all.stream()
        .map(r -> new ResidueTestRow(r.axis(), r.modulus(), Test.of(r.whole()), Test.of(r.inner())))
        .toList();
  }
}
