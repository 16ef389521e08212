package org.whisker.feature.train;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** The tables that {@code evaluate} writes: a record for a row of each. */
public final class EvaluationTables {
  private EvaluationTables() {}

  /** The row of an evaluation's {@code summary.csv}. */
  public record EvaluationRow(
      @Column(unit = "share", meaning = "share of photos classified correctly") double accuracy,
      @Column(unit = "share", meaning = "share of cats classified as cats") double recallCat,
      @Column(unit = "share", meaning = "share of others classified as others") double recallNotCat,
      @Column(unit = "share") double rocAuc,
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
    public record Ends(
        @Column(unit = "share") double ciLow, @Column(unit = "share") double ciHigh) {
      public static Ends of(Interval interval) {
        return new Ends(interval.low(), interval.high());
      }
    }
  }

  /** A row of {@code confusion.csv}: how the photos of a true class were classified. */
  public record ConfusionRow(
      @Column(meaning = "cat or not_cat") Label label,
      @Column(meaning = "number of them classified as cats") int asCat,
      @Column(meaning = "number of them classified as others") int asNotCat) {
    public static final String FILE = "confusion.csv";
    public static final Table<ConfusionRow> TABLE = Table.of(ConfusionRow.class, FILE);
  }

  /**
   * A row of {@code calibration.csv}: the photos whose p(cat) lies in one of ten bins of equal
   * width.
   */
  public record CalibrationRow(
      @Column(unit = "probability", meaning = "lower bound of the bin") double pCatFrom,
      @Column(unit = "probability", meaning = "upper bound of the bin") double pCatTo,
      @Column(meaning = "number of photos in the bin") int photos,
      @Column(meaning = "number of cats among them") int cats,
      @Column(
              value = "mean_p_cat",
              unit = "probability",
              meaning = "mean p(cat) of the bin's photos; empty without a photo")
          OptionalDouble meanPCat,
      @Column(unit = "share", meaning = "share of cats among them; empty without a photo")
          OptionalDouble catFraction) {
    public static final String FILE = "calibration.csv";
    public static final Table<CalibrationRow> TABLE = Table.of(CalibrationRow.class, FILE);
  }

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

  /** A row of {@code by_origin.csv}: the accuracy on the photos of one source. */
  public record OriginRow(
      String origin,
      @Column(meaning = "number of photos from this source") int photos,
      @Column(unit = "share") double accuracy) {
    public static final String FILE = "by_origin.csv";
    public static final Table<OriginRow> TABLE = Table.of(OriginRow.class, FILE);
  }

  /** A row of {@code predictions.csv}: a classifier's prediction for a labelled photo. */
  public record PredictionRow(
      @Column(meaning = "the photo") String file,
      @Column(meaning = "cat or not_cat") Label label,
      @Column(meaning = "the source that the photo is from") String origin,
      @Column(
              unit = "logit",
              meaning = "logit of not-cat: below 0, the photo is classified as a cat")
          float logit,
      @Column(unit = "probability") double pCat) {
    public static final String FILE = "predictions.csv";
    public static final Table<PredictionRow> TABLE = Table.of(PredictionRow.class, FILE);
  }
}
