package org.whisker.table.experiment;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a network trained for an arm of an experiment, and its performance on
 * test photos. Experiments may share a network.
 *
 * @param arm name of the arm
 * @param number number of the network within the arm, from 1
 * @param network name of the network's folder
 * @param seed seed of its training
 * @param epochs number of passes over the training photos
 * @param testPhotos number of photos it was tested on
 * @param testAccuracy share of the test photos classified correctly
 * @param recallCat share of cats classified as cat
 * @param recallNotCat share of others classified as not-cat
 * @param rocAuc area under the ROC curve
 * @param whiteCatProbability p(cat) of the pure white picture
 * @param sha256 SHA-256 of its weights
 * @param fineTunedFrom the model from whose weights training continued; empty for random initial
 *     weights
 */
public record NetworkRow(
    String arm,
    int number,
    String network,
    long seed,
    int epochs,
    int testPhotos,
    @Column(unit = "share") double testAccuracy,
    @Column(unit = "share") double recallCat,
    @Column(unit = "share") double recallNotCat,
    double rocAuc,
    @Column(value = "white_p_cat", unit = "probability") double whiteCatProbability,
    String sha256,
    @Column(optional = true) String fineTunedFrom) {
  public static final String FILE = "networks.csv";
  public static final Table<NetworkRow> TABLE = Table.of(NetworkRow.class);
}
