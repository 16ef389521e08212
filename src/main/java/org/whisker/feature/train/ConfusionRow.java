package org.whisker.feature.train;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code confusion.csv}: how the photos of a true class were classified. */
public record ConfusionRow(
    @Column(meaning = "cat or not_cat") String label,
    @Column(meaning = "number of them classified as cats") int asCat,
    @Column(meaning = "number of them classified as others") int asNotCat) {
  public static final String FILE = "confusion.csv";
  public static final Table<ConfusionRow> TABLE = Table.of(ConfusionRow.class, FILE);
}
