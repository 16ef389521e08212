package org.whisker.feature.sweep;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: how far an experiment on a model is. */
public record ExperimentRow(
    @Column(meaning = "the configuration") String group,
    String experiment,
    String model,
    @Column(meaning = "runs of an arm") int planned,
    @Column(
            meaning =
                "runs with which its tables were made: all arms have the first so "
                    + "many; 0 where there are no tables yet")
        int runs) {
  public static final String FILE = "experiments.csv";
  public static final Table<ExperimentRow> TABLE = Table.of(ExperimentRow.class, FILE);
}
