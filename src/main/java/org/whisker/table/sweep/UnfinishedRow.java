package org.whisker.table.sweep;

import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a task without a result, or with two.
 *
 * @param state missing, failed or conflict
 * @param what is run
 * @param message why it fails each time; empty otherwise
 */
public record UnfinishedRow(
    String key, String state, String group, String what, long seed, String message) {
  public static final String FILE = "unfinished.csv";
  public static final Table<UnfinishedRow> TABLE = Table.of(UnfinishedRow.class);
}
