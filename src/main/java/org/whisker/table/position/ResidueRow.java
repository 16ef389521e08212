package org.whisker.table.position;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.Residues;
import org.whisker.table.Table;

/**
 * The density of black pixels whose x or y leaves a residue, a row of {@code residues.csv}.
 *
 * @param axis {@code x} or {@code y}
 * @param modulus 2 to 32
 * @param residue 0 to modulus − 1
 * @param density relative to a uniform distribution, mean over runs: 1 by chance
 * @param ciLow of the 95 % interval over runs, not cut at 0; empty for a single run
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

  /** A row a residue. */
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
