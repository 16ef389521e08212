package org.whisker.table.model;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * What a classifier says of a picture.
 *
 * @param logit of not-cat: below 0, the picture is classified as a cat
 */
public record ScoreRow(
    String file, @Column(unit = "logit") float logit, @Column(unit = "probability") double pCat) {
  public static final Table<ScoreRow> TABLE = Table.of(ScoreRow.class);
}
