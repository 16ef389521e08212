package org.whisker.feature.models;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A classifier's score for an image. */
public record ScoreRow(
    @Column(meaning = "name of the file, as given") String file,
    @Column(unit = "logit", meaning = "logit of not-cat: below 0, the image is classified as cat")
        float logit,
    @Column(unit = "probability", meaning = "p(cat) = 1 − sigmoid(logit), 0 to 1") double pCat) {
  public static final Table<ScoreRow> TABLE = Table.of(ScoreRow.class);
}
