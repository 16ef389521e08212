package org.whisker.table.population;

import java.util.OptionalDouble;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: an outcome over the networks of one architecture that share a level of
 * their recipe.
 *
 * @param outcome as in {@link AssociationRow}
 * @param factor {@code all}, or {@code padding}, {@code head} or {@code position}
 * @param level of the factor
 * @param networks that have it
 * @param values of these that have the outcome
 * @param mean over these; empty for none
 * @param ciLow lower end of its 95 % interval; empty for fewer than two
 * @param ciHigh upper end
 */
public record LevelRow(
    String architecture,
    String outcome,
    String factor,
    String level,
    int networks,
    int values,
    OptionalDouble mean,
    OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "levels.csv";
  public static final Table<LevelRow> TABLE = Table.of(LevelRow.class);
}
