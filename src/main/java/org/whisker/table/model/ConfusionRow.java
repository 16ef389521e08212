package org.whisker.table.model;

import org.whisker.table.Table;

/**
 * A row of {@code confusion.csv}: how the photos of a true class were classified.
 *
 * @param label {@code cat} or {@code not_cat}
 * @param asCat number of them classified as cats
 * @param asNotCat number of them classified as others
 */
public record ConfusionRow(String label, int asCat, int asNotCat) {
  public static final String FILE = "confusion.csv";
  public static final Table<ConfusionRow> TABLE = Table.of(ConfusionRow.class);
}
