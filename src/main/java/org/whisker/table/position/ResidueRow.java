package org.whisker.table.position;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.Residues;
import org.whisker.table.Table;

/**
 * A row of {@code residues.csv}: the density of black pixels whose coordinate has a given residue
 * modulo {@code modulus}.
 *
 * @param axis {@code x} or {@code y}
 * @param modulus in pixels, 2 to 32
 * @param residue 0 to modulus − 1
 * @param density density relative to a uniform distribution, mean over runs: 1 is expected by
 *     chance
 * @param ciLow lower end of the 95 % confidence interval over runs, not truncated at 0; empty for a
 *     single run
 */
public record ResidueRow(
    String axis,
    int modulus,
    int residue,
    double density,
    OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "residues.csv";
  public static final Table<ResidueRow> TABLE = Table.of(ResidueRow.class);

  /** One row per residue. */
  public static List<ResidueRow> of(List<Residues> all) {
    List<ResidueRow> rows = new ArrayList<>();
    for (Residues r : all) {
      for (int i = 0; i < r.modulus(); i++) {
        Residues.Residue at = r.residues().get(i);
        rows.add(new ResidueRow(r.axis(), r.modulus(), i, at.density(), at.ciLow(), at.ciHigh()));
      }
    }
    return rows;
  }
}
