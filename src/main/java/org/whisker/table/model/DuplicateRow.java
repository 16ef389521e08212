package org.whisker.table.model;

import org.whisker.table.Table;

/**
 * A row of {@code duplicates.csv}: a photo of a group of duplicates.
 *
 * @param group the group's number, from 1
 * @param kind {@code same file} or {@code same picture}
 * @param label {@code cat} or {@code not_cat}
 * @param split its split; empty without splits
 * @param correlationWithFirst correlation of its downsampled gray values with those of the group's
 *     first photo, with four decimals
 */
public record DuplicateRow(
    int group, String kind, String path, String label, String split, String correlationWithFirst) {
  public static final String FILE = "duplicates.csv";
  public static final Table<DuplicateRow> TABLE = Table.of(DuplicateRow.class);
}
