package org.whisker.feature.train;

import java.util.OptionalInt;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code photos.csv}: a file of a dataset. */
public record DatasetPhotoRow(
    String path,
    @Column(meaning = "cat or not_cat") String label,
    @Column(meaning = "its split, such as train; empty without splits") String split,
    @Column(
            unit = "px",
            meaning =
                "width in pixels; empty for an unreadable file, as are height and " + "sha256")
        OptionalInt width,
    @Column(unit = "px") OptionalInt height,
    String sha256,
    @Column(meaning = "why the file is unreadable; empty for a readable one") String problem) {
  public static final String FILE = "photos.csv";
  public static final Table<DatasetPhotoRow> TABLE = Table.of(DatasetPhotoRow.class, FILE);
}
