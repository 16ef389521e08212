package org.whisker.table.experiment;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * What a training came to: columns of other tables, and of a sweep's task the whole. Figures are of
 * the photos for testing, in float32.
 *
 * @param network name of its folder
 * @param seed of the training
 * @param epochs passes over the training photos
 * @param testPhotos number of photos it was tested on
 * @param testAccuracy share of the test photos classified correctly
 * @param recallCat share of cats classified as cat
 * @param recallNotCat share of others classified as not-cat
 * @param rocAuc area under the ROC curve
 * @param whiteCatProbability p(cat) of the pure white picture
 * @param sha256 of its weights file
 */
public record TrainedRow(
    String network,
    long seed,
    int epochs,
    int testPhotos,
    @Column(unit = "share") double testAccuracy,
    @Column(unit = "share") double recallCat,
    @Column(unit = "share") double recallNotCat,
    double rocAuc,
    @Column(value = "white_p_cat", unit = "probability") double whiteCatProbability,
    String sha256) {
  public static final String FILE = "network.csv";
  public static final Table<TrainedRow> TABLE = Table.of(TrainedRow.class);
}
