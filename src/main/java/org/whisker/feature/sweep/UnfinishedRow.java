package org.whisker.feature.sweep;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: a task without a result, or with two. */
public record UnfinishedRow(
    String key,
    @Column(meaning = "missing, failed or conflict") String state,
    String group,
    @Column(meaning = "what the run is of") String what,
    long seed,
    @Column(meaning = "why it fails each time; empty otherwise") String message) {
  public static final String FILE = "unfinished.csv";
  public static final Table<UnfinishedRow> TABLE = Table.of(UnfinishedRow.class, FILE);
}
