package org.whisker.ablation.result;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: an experiment that is not applicable to a model. */
public record SkippedRow(
    String experiment, String model, @Column(meaning = "why, in one line") String reason) {
  public static final String FILE = "skipped.csv";
  public static final Table<SkippedRow> TABLE = Table.of(SkippedRow.class, FILE);
}
