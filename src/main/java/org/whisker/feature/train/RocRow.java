package org.whisker.feature.train;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code roc.csv}: a point of the receiver operating characteristic, from (0, 0) to (1,
 * 1).
 */
public record RocRow(
    @Column(
            unit = "logit",
            meaning =
                "threshold: photos whose logit of not-cat is at most this are "
                    + "classified as cats")
        double logitAtMost,
    @Column(unit = "share", meaning = "share of the other photos that are classified as cats")
        double falsePositiveRate,
    @Column(unit = "share", meaning = "share of the cats that are classified as cats")
        double truePositiveRate) {
  public static final String FILE = "roc.csv";
  public static final Table<RocRow> TABLE = Table.of(RocRow.class, FILE);
}
