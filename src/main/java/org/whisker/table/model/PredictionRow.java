package org.whisker.table.model;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code predictions.csv}: a classifier's prediction for a labelled photo.
 *
 * @param file the photo
 * @param label {@code cat} or {@code not_cat}
 * @param origin the source that the photo is from
 * @param logit of not-cat: below 0, the photo is classified as a cat
 */
public record PredictionRow(
    String file,
    String label,
    String origin,
    @Column(unit = "logit") float logit,
    @Column(unit = "probability") double pCat) {
  public static final String FILE = "predictions.csv";
  public static final Table<PredictionRow> TABLE = Table.of(PredictionRow.class);
}
