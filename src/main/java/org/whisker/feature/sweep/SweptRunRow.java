package org.whisker.feature.sweep;

import org.whisker.evolution.result.RunSummary;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: a run of a search that is done. */
public record SweptRunRow(
    @Column(meaning = "the configuration, see OptionRow") String group,
    @Column(meaning = "model, as the spec names it") String model,
    @Column(meaning = "key of the task") String key,
    @Column(meaning = "number and result, as in summary.csv of the group") RunSummary run) {
  public static final String FILE = "evolve.csv";
  public static final Table<SweptRunRow> TABLE = Table.of(SweptRunRow.class, FILE);
}
