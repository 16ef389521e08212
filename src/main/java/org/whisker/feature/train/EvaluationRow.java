package org.whisker.feature.train;

import org.jspecify.annotations.Nullable;
import org.whisker.stats.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** The row of an evaluation's {@code summary.csv}. */
public record EvaluationRow(
    @Column(unit = "share", meaning = "share of photos classified correctly") double accuracy,
    @Column(unit = "share", meaning = "share of cats classified as cats") double recallCat,
    @Column(unit = "share", meaning = "share of others classified as others") double recallNotCat,
    @Column(
            unit = "share",
            meaning = "probability that a cat has a higher p(cat) than another photo")
        double rocAuc,
    @Column(
            value = "ece",
            unit = "probability",
            meaning =
                "mean absolute difference between p(cat) and the share of cats over "
                    + "the bins of CalibrationRow, weighted by their numbers of photos")
        double expectedCalibrationError,
    @Column(meaning = "number of photos") int photos,
    @Column(
            value = "accuracy_",
            meaning =
                "accuracy ends of the 95 % interval (Wilson), with photos as "
                    + "independent; likewise the recalls")
        @Nullable Ends accuracyEnds,
    @Column(value = "recall_cat_") @Nullable Ends recallCatEnds,
    @Column(value = "recall_not_cat_") @Nullable Ends recallNotCatEnds,
    @Column(
            value = "roc_auc_",
            meaning =
                "roc auc ends of the 95 % interval by DeLong's variance; null where a "
                    + "class has too few photos, or none is misplaced")
        @Nullable Ends rocAucEnds) {
  public static final String FILE = "summary.csv";
  public static final Table<EvaluationRow> TABLE = Table.of(EvaluationRow.class, FILE);

  /** The ends of a 95 % interval. */
  public record Ends(@Column(unit = "share") double ciLow, @Column(unit = "share") double ciHigh) {
    /** Those of an interval. */
    public static Ends of(Interval interval) {
      return new Ends(interval.low(), interval.high());
    }
  }
}
