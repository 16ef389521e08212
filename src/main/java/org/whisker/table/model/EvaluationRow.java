package org.whisker.table.model;

import org.jspecify.annotations.Nullable;
import org.whisker.stats.Interval;
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
 * @param accuracyEnds of the 95 % interval (Wilson), with photos as independent; likewise the
 *     recalls
 * @param rocAucEnds of the 95 % interval by DeLong's variance; null where a class has too few
 *     photos, or none is misplaced
 */
public record EvaluationRow(
    @Column(unit = "share") double accuracy,
    @Column(unit = "share") double recallCat,
    @Column(unit = "share") double recallNotCat,
    @Column(unit = "share") double rocAuc,
    @Column(value = "ece", unit = "probability") double expectedCalibrationError,
    int photos,
    @Column(value = "accuracy_") @Nullable Ends accuracyEnds,
    @Column(value = "recall_cat_") @Nullable Ends recallCatEnds,
    @Column(value = "recall_not_cat_") @Nullable Ends recallNotCatEnds,
    @Column(value = "roc_auc_") @Nullable Ends rocAucEnds) {
  public static final String FILE = "summary.csv";
  public static final Table<EvaluationRow> TABLE = Table.of(EvaluationRow.class);

  /** The ends of a 95 % interval. */
  public record Ends(@Column(unit = "share") double ciLow, @Column(unit = "share") double ciHigh) {
    /** Those of an interval. */
    public static Ends of(Interval interval) {
      return new Ends(interval.low(), interval.high());
    }
  }
}
