package org.whisker.table.sweep;

import org.whisker.table.Table;

/**
 * A busy worker of a sweep.
 *
 * @param worker its name
 * @param done tasks that it has done
 * @param task that it is at
 */
public record WorkerRow(String worker, long done, String task) {
  public static final Table<WorkerRow> TABLE = Table.of(WorkerRow.class);
}
