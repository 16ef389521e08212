package org.whisker.position.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.position.DensityProfile.MeanDensity;
import org.whisker.position.Residues;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code residues.csv}: the density of black pixels whose coordinate has a given residue
 * modulo {@code modulus}.
 */
public record ResidueRow(
    @Column(meaning = "x or y") String axis,
    @Column(meaning = "modulus, in pixels, 2 to 32") int modulus,
    @Column(meaning = "0 to modulus − 1") int residue,
    MeanDensity mean) {
  public static final String FILE = "residues.csv";
  public static final Table<ResidueRow> TABLE = Table.of(ResidueRow.class, FILE);

  public static List<ResidueRow> of(List<Residues> all) {
    List<ResidueRow> rows = new ArrayList<>();
    for (Residues r : all) {
      for (int i = 0; i < r.modulus(); i++) {
        rows.add(new ResidueRow(r.axis(), r.modulus(), i, r.residues().get(i)));
      }
    }
    return rows;
  }

  /**
   * A row of {@code residue_tests.csv}: tests of whether the density along an axis depends on the
   * residue.
   */
  public record TestRow(
      @Column(meaning = "x or y") String axis,
      @Column(meaning = "modulus, in pixels, 2 to 32") int modulus,
      @Column(meaning = "test over all pixels; null when it was not possible") @Nullable Test whole,
      @Column(
              value = "inner_",
              meaning =
                  "test without the pixels within one modulus of either border; null "
                      + "when it was not possible")
          @Nullable Test inner) {
    public static final String FILE = "residue_tests.csv";
    public static final Table<TestRow> TABLE = Table.of(TestRow.class, FILE);

    public record Test(
        @Column(meaning = "variance of the mean relative density over the residues")
            OptionalDouble variance,
        @Column(
                unit = "probability",
                meaning = "one-sided p-value against independent toroidal shifts of each run")
            OptionalDouble pValue,
        @Column(unit = "probability", meaning = "p-value corrected (Holm) over all axes and moduli")
            OptionalDouble pHolm) {
      private static @Nullable Test of(Residues.OptionalTest test) {
        return test.p().isPresent() ? new Test(test.variance(), test.p(), test.pHolm()) : null;
      }
    }

    /** One row per axis and modulus. */
    public static List<TestRow> of(List<Residues> all) {
      return all.stream()
          .map(r -> new TestRow(r.axis(), r.modulus(), Test.of(r.whole()), Test.of(r.inner())))
          .toList();
    }
  }
}
