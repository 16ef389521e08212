package org.whisker.feature.sweep;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A busy worker of a sweep. */
public record WorkerRow(
    @Column(meaning = "its name") String worker,
    @Column(meaning = "tasks that it has done") long done,
    @Column(meaning = "the task that it is at") String task) {
  public static final Table<WorkerRow> TABLE = Table.of(WorkerRow.class);
}
