package org.whisker.feature.train;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code predictions.csv}: a classifier's prediction for a labelled photo. */
public record PredictionRow(
    @Column(meaning = "the photo") String file,
    @Column(meaning = "cat or not_cat") String label,
    @Column(meaning = "the source that the photo is from") String origin,
    @Column(unit = "logit", meaning = "logit of not-cat: below 0, the photo is classified as a cat")
        float logit,
    @Column(unit = "probability") double pCat) {
  public static final String FILE = "predictions.csv";
  public static final Table<PredictionRow> TABLE = Table.of(PredictionRow.class, FILE);
}
