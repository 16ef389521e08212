package org.whisker.table.sweep;

import org.whisker.table.Table;
import org.whisker.table.experiment.TrainedRow;

/**
 * A row of {@value #FILE}: a network that a sweep has trained.
 *
 * @param group the configuration, see {@link OptionRow}
 * @param key of the task
 * @param options that the spec gives, as {@code name=value}, separated by spaces
 * @param trained its folder and figures
 */
public record SweptNetworkRow(String group, String key, String options, TrainedRow trained) {
  public static final String FILE = "networks.csv";
  public static final Table<SweptNetworkRow> TABLE = Table.of(SweptNetworkRow.class);
}
