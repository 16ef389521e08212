package org.whisker.table.model;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code roc.csv}: a point of the receiver operating characteristic, from (0, 0) to (1,
 * 1).
 *
 * @param logitAtMost threshold: photos whose logit of not-cat is at most this are classified as
 *     cats
 * @param falsePositiveRate share of the other photos that are classified as cats
 * @param truePositiveRate share of the cats that are classified as cats
 */
public record RocRow(
    @Column(unit = "logit") double logitAtMost,
    @Column(unit = "share") double falsePositiveRate,
    @Column(unit = "share") double truePositiveRate) {
  public static final String FILE = "roc.csv";
  public static final Table<RocRow> TABLE = Table.of(RocRow.class);
}
