package org.whisker.feature.sweep;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: an option of a configuration. */
public record OptionRow(
    @Column(meaning = "the configuration") String group,
    @Column(meaning = "option, without dashes") String option,
    String value) {
  public static final String FILE = "options.csv";
  public static final Table<OptionRow> TABLE = Table.of(OptionRow.class, FILE);
}
