package org.whisker.table.model;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * What a classifier says of a picture.
 *
 * @param file as it was named
 * @param logit of not-cat: below 0, the picture is classified as a cat
 * @param pCat p(cat) = 1 − sigmoid(logit), 0 to 1
 */
public record ScoreRow(
    String file, @Column(unit = "logit") float logit, @Column(unit = "probability") double pCat) {
  public static final Table<ScoreRow> TABLE = Table.of(ScoreRow.class);
}
