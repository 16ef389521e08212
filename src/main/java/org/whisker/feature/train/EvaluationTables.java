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
      @Column(unit = "share", meaning = "share of photos of the target classified as the target")
          double recallTarget,
      @Column(unit = "share", meaning = "share of others classified as others")
          double recallNotTarget,
      @Column(unit = "share") double rocAuc,
      @Column(
              value = "ece",
              unit = "probability",
              meaning =
                  "mean absolute difference between p(target) and the share of the target over "
                      + "the bins of CalibrationRow, weighted by their numbers of photos")
          double expectedCalibrationError,
      @Column(meaning = "number of photos") int photos,
      @Column(
              value = "accuracy_",
              meaning =
                  "accuracy ends of the 95 % interval (Wilson), with photos as "
                      + "independent; likewise the recalls")
          @Nullable Ends accuracyEnds,
      @Column(value = "recall_target_") @Nullable Ends recallTargetEnds,
      @Column(value = "recall_not_target_") @Nullable Ends recallNotTargetEnds,
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
      @Column(meaning = "target or not_target") Label label,
      @Column(meaning = "number of them classified as the target") int asTarget,
      @Column(meaning = "number of them classified as others") int asNotTarget) {
    public static final String FILE = "confusion.csv";
    public static final Table<ConfusionRow> TABLE = Table.of(ConfusionRow.class, FILE);
  }

  /**
   * A row of {@code calibration.csv}: the photos whose p(target) lies in one of ten bins of equal
   * width.
   */
  public record CalibrationRow(
      @Column(unit = "probability", meaning = "lower bound of the bin") double pTargetFrom,
      @Column(unit = "probability", meaning = "upper bound of the bin") double pTargetTo,
      @Column(meaning = "number of photos in the bin") int photos,
      @Column(value = "targets", meaning = "number of photos of the target among them") int cats,
      @Column(
              value = "mean_p_target",
              unit = "probability",
              meaning = "mean p(target) of the bin's photos; empty without a photo")
          OptionalDouble meanPTarget,
      @Column(unit = "share", meaning = "share of the target among them; empty without a photo")
          OptionalDouble targetFraction) {
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
                  "threshold: photos whose logit against the target is at most this are "
                      + "classified as the target")
          double logitAtMost,
      @Column(
              unit = "share",
              meaning = "share of the other photos that are classified as the target")
          double falsePositiveRate,
      @Column(
              unit = "share",
              meaning = "share of the photos of the target that are classified as the target")
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
      @Column(meaning = "target or not_target") Label label,
      @Column(meaning = "the source that the photo is from") String origin,
      @Column(
              unit = "logit",
              meaning = "logit against the target: below 0, the photo is classified as the target")
          float logit,
      @Column(unit = "probability") double pTarget) {
    public static final String FILE = "predictions.csv";
    public static final Table<PredictionRow> TABLE = Table.of(PredictionRow.class, FILE);
  }
}
