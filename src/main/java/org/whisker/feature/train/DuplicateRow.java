package org.whisker.feature.train;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code duplicates.csv}: a photo of a group of duplicates. */
public record DuplicateRow(
    @Column(meaning = "the group's number, from 1") int group,
    @Column(meaning = "same file or same picture") String kind,
    String path,
    @Column(meaning = "cat or not_cat") String label,
    @Column(meaning = "its split; empty without splits") String split,
    @Column(
            meaning =
                "correlation of its downsampled gray values with those of the group's "
                    + "first photo, with four decimals")
        String correlationWithFirst) {
  public static final String FILE = "duplicates.csv";
  public static final Table<DuplicateRow> TABLE = Table.of(DuplicateRow.class, FILE);
}
