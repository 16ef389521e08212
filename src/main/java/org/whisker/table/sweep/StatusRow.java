package org.whisker.table.sweep;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * How far a sweep is.
 *
 * @param total tasks
 * @param done that have a result
 * @param failed that fail each time
 * @param left that have neither
 * @param conflicts that have two results which differ
 * @param secondsLeft until all is done, at the pace so far; empty where there is none
 */
public record StatusRow(
    long total,
    long done,
    long failed,
    long left,
    long conflicts,
    @Column(unit = "s") OptionalDouble secondsLeft) {
  public static final Table<StatusRow> TABLE = Table.of(StatusRow.class);
}
