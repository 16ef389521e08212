package org.whisker.table.experiment;

import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: an experiment that is not applicable to a model.
 *
 * @param reason why, in one line
 */
public record SkippedRow(String experiment, String model, String reason) {
  public static final String FILE = "skipped.csv";
  public static final Table<SkippedRow> TABLE = Table.of(SkippedRow.class);
}
