package org.whisker.feature.sweep;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** How far a sweep is. */
public record StatusRow(
    @Column(meaning = "tasks") long total,
    @Column(meaning = "tasks that have a result") long done,
    @Column(meaning = "tasks that fail each time") long failed,
    @Column(meaning = "tasks that have neither") long left,
    @Column(meaning = "tasks that have two results which differ") long conflicts,
    @Column(
            unit = "s",
            meaning = "until all is done, at the pace so far; empty where there is none")
        OptionalDouble secondsLeft) {
  public static final Table<StatusRow> TABLE = Table.of(StatusRow.class);
}
