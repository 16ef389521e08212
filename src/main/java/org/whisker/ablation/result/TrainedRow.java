package org.whisker.ablation.result;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * What a training came to: columns of other tables, and of a sweep's task the whole. Figures are of
 * the photos for testing, in float32.
 */
public record TrainedRow(
    @Column(meaning = "name of its folder") String network,
    @Column(meaning = "seed of the training") long seed,
    @Column(meaning = "passes over the training photos") int epochs,
    @Column(meaning = "number of photos it was tested on") int testPhotos,
    @Column(unit = "share", meaning = "share of the test photos classified correctly")
        double testAccuracy,
    @Column(unit = "share", meaning = "share of cats classified as cat") double recallCat,
    @Column(unit = "share", meaning = "share of others classified as not-cat") double recallNotCat,
    @Column(meaning = "area under the ROC curve") double rocAuc,
    @Column(
            value = "white_p_cat",
            unit = "probability",
            meaning = "p(cat) of the pure white picture")
        double whiteCatProbability,
    @Column(meaning = "sha256 of its weights file") String sha256) {
  public static final String FILE = "network.csv";
  public static final Table<TrainedRow> TABLE = Table.of(TrainedRow.class, FILE);
}
