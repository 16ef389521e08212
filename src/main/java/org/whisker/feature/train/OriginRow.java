package org.whisker.feature.train;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code by_origin.csv}: the accuracy on the photos of one source. */
public record OriginRow(
    String origin,
    @Column(meaning = "number of photos from this source") int photos,
    @Column(unit = "share") double accuracy) {
  public static final String FILE = "by_origin.csv";
  public static final Table<OriginRow> TABLE = Table.of(OriginRow.class, FILE);
}
