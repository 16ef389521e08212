package org.whisker.table.sweep;

import org.whisker.table.Table;
import org.whisker.table.evolve.RunSummary;

/**
 * A row of {@value #FILE}: a run of a search that is done.
 *
 * @param group the configuration, see {@link OptionRow}
 * @param model as the spec names it
 * @param key of the task
 * @param run number and result, as in {@code summary.csv} of the group
 */
public record SweptRunRow(String group, String model, String key, RunSummary run) {
  public static final String FILE = "evolve.csv";
  public static final Table<SweptRunRow> TABLE = Table.of(SweptRunRow.class);
}
