package org.whisker.feature.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: E along the climb over the networks of an architecture. */
public record ClimbMeanRow(
    String architecture,
    @Column(value = "p_cat", unit = "probability", meaning = "the level") double catProbability,
    @Column(meaning = "networks of the architecture") int networks,
    @Column(
            meaning =
                "reached of these, networks whose white canvas lies below the level "
                    + "and of which at least half of the runs reached it")
        int reached,
    @Column(
            meaning =
                "mean over these of the mean E of their runs at the level; empty for " + "none")
        OptionalDouble edgeIndex,
    @Column(meaning = "lower end of its 95 % interval over networks; empty for fewer than " + "two")
        OptionalDouble ciLow,
    @Column(meaning = "upper end") OptionalDouble ciHigh) {
  public static final String FILE = "climb_mean.csv";
  public static final Table<ClimbMeanRow> TABLE = Table.of(ClimbMeanRow.class, FILE);
}
