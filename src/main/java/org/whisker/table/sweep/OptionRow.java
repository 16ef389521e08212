package org.whisker.table.sweep;

import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: an option of a configuration.
 *
 * @param group the configuration
 * @param option without dashes
 */
public record OptionRow(String group, String option, String value) {
  public static final String FILE = "options.csv";
  public static final Table<OptionRow> TABLE = Table.of(OptionRow.class);
}
