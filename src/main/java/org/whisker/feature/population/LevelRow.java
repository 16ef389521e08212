package org.whisker.feature.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: an outcome over the networks of one architecture that share a level of
 * their recipe.
 */
public record LevelRow(
    String architecture,
    @Column(meaning = "what was measured") String outcome,
    @Column(meaning = "all, or padding, head or position") String factor,
    @Column(meaning = "level of the factor") String level,
    @Column(meaning = "networks that have it") int networks,
    @Column(meaning = "values of these that have the outcome") int values,
    @Column(meaning = "mean over these; empty for none") OptionalDouble mean,
    @Column(meaning = "lower end of its 95 % interval; empty for fewer than two")
        OptionalDouble ciLow,
    @Column(meaning = "upper end") OptionalDouble ciHigh) {
  public static final String FILE = "levels.csv";
  public static final Table<LevelRow> TABLE = Table.of(LevelRow.class, FILE);
}
