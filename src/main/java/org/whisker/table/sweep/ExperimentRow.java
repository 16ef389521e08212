package org.whisker.table.sweep;

import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: how far an experiment on a model is.
 *
 * @param group the configuration
 * @param planned runs of an arm
 * @param runs with which its tables were made: all arms have the first so many; 0 where there are
 *     no tables yet
 */
public record ExperimentRow(String group, String experiment, String model, int planned, int runs) {
  public static final String FILE = "experiments.csv";
  public static final Table<ExperimentRow> TABLE = Table.of(ExperimentRow.class);
}
