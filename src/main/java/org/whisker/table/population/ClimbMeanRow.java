package org.whisker.table.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: E along the climb over the networks of an architecture.
 *
 * @param catProbability the level
 * @param networks of the architecture
 * @param reached of these, networks whose white canvas lies below the level and of which at least
 *     half of the runs reached it
 * @param edgeIndex mean over these of the mean E of their runs at the level; empty for none
 * @param ciLow lower end of its 95 % interval over networks; empty for fewer than two
 * @param ciHigh upper end
 */
public record ClimbMeanRow(
    String architecture,
    @Column(value = "p_cat", unit = "probability") double catProbability,
    int networks,
    int reached,
    OptionalDouble edgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "climb_mean.csv";
  public static final Table<ClimbMeanRow> TABLE = Table.of(ClimbMeanRow.class);
}
