package org.whisker.table.model;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A classifier's score for an image.
 *
 * @param file name of the file, as given
 * @param logit of not-cat: below 0, the image is classified as cat
 * @param pCat p(cat) = 1 − sigmoid(logit), 0 to 1
 */
public record ScoreRow(
    String file, @Column(unit = "logit") float logit, @Column(unit = "probability") double pCat) {
  public static final Table<ScoreRow> TABLE = Table.of(ScoreRow.class);
}
