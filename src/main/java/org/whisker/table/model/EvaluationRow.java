package org.whisker.table.model;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * The row of an evaluation's {@code summary.csv}.
 *
 * @param accuracy share of photos classified correctly
 * @param recallCat share of cats classified as cats
 * @param recallNotCat share of others classified as others
 * @param rocAuc probability that a cat has a higher p(cat) than another photo
 * @param expectedCalibrationError mean absolute difference between p(cat) and the share of cats
 *     over the bins of {@link CalibrationRow}, weighted by their numbers of photos
 * @param photos number of photos
 */
public record EvaluationRow(
    @Column(unit = "share") double accuracy,
    @Column(unit = "share") double recallCat,
    @Column(unit = "share") double recallNotCat,
    @Column(unit = "share") double rocAuc,
    @Column(value = "ece", unit = "probability") double expectedCalibrationError,
    int photos) {
  public static final String FILE = "summary.csv";
  public static final Table<EvaluationRow> TABLE = Table.of(EvaluationRow.class);
}
