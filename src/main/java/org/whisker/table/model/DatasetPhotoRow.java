package org.whisker.table.model;

import java.util.OptionalInt;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code photos.csv}: a file of a dataset.
 *
 * @param label {@code cat} or {@code not_cat}
 * @param split its split, such as {@code train}; empty without splits
 * @param width width in pixels; empty for an unreadable file, as are height and sha256
 * @param problem why the file is unreadable; empty for a readable one
 */
public record DatasetPhotoRow(
    String path,
    String label,
    String split,
    @Column(unit = "px") OptionalInt width,
    @Column(unit = "px") OptionalInt height,
    String sha256,
    String problem) {
  public static final String FILE = "photos.csv";
  public static final Table<DatasetPhotoRow> TABLE = Table.of(DatasetPhotoRow.class);
}
