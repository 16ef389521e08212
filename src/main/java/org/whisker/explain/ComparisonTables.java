package org.whisker.explain;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.option.Records;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** Rows of the tables in which models are compared. */
public final class ComparisonTables {
  private ComparisonTables() {}

  /** A row of {@value #FILE}: a classifier of the report. Unknown values are empty. */
  public record ModelRow(
      String model,
      @Column(meaning = "architecture, in a few words") String architecture,
      @Column(meaning = "input shape, such as 1x128x128: channels, height and width (pixels)")
          String input,
      @Column(meaning = "number of trained parameters") OptionalLong weights,
      @Column(meaning = "padding mode of its convolutions") String padding,
      @Column(unit = "share", meaning = "share of test photos classified correctly")
          OptionalDouble testAccuracy,
      @Column(meaning = "number of test photos") OptionalInt testPhotos,
      @Column(meaning = "area under the ROC curve on the test photos") OptionalDouble auc,
      @Column(
              value = "white_p_target",
              unit = "probability",
              meaning = "p(target) of the pure white picture")
          OptionalDouble whiteCatProbability,
      @Column(meaning = "SHA-256 of the weights file") String sha256) {
    public static final String FILE = "models.csv";
    public static final Table<ModelRow> TABLE = Table.of(ModelRow.class, FILE);

    /** Number of correctly classified photos. */
    int right() {
      return (int) Math.round(testAccuracy.orElse(0) * testPhotos.orElse(0));
    }
  }

  /** A row of {@value #FILE} of a comparison: images evolved for one model, scored by another. */
  public record CrossModelRow(
      @Column(meaning = "model that the images were evolved for") String from,
      @Column(meaning = "model that scores the images") String to,
      int images,
      @Column(meaning = "number of them that the other model classifies as the target")
          int stillTargets,
      @Column(
              unit = "share",
              meaning = "share of the images that the other model classifies as the target, 0 to 1")
          double share,
      @Column(unit = "share") double ciLow,
      @Column(unit = "share") double ciHigh,
      @Column(
              unit = "share",
              meaning =
                  "share of images with equally many black pixels at random places that are"
                      + " classified as the target")
          double randomShare) {
    public static final String FILE = "transfer.csv";
    public static final Table<CrossModelRow> TABLE = Table.of(CrossModelRow.class, FILE);
  }

  /** A row of {@value #FILE} of a comparison: the difference of two models in a quantity. */
  public record DifferenceRow(
      @Column(meaning = "the quantity") String measure,
      @Column("model_a") String modelA,
      @Column("model_b") String modelB,
      @Column(meaning = "value of the first model minus that of the second, in the quantity's unit")
          double difference,
      double ciLow,
      double ciHigh,
      @Column(
              unit = "probability",
              meaning = "two-sided p-value, paired by seed; empty when there are no pairs")
          OptionalDouble pValue,
      @Column(
              unit = "probability",
              meaning = "p-value corrected (Holm) over all differences of the comparison")
          OptionalDouble pHolm,
      @Column(
              meaning =
                  "number of seeds for which both models have a value; empty when it is "
                      + "not paired")
          OptionalInt pairs) {
    public static final String FILE = "differences.csv";
    public static final Table<DifferenceRow> TABLE = Table.of(DifferenceRow.class, FILE);

    /** The same with a corrected p. */
    DifferenceRow corrected(OptionalDouble p) {
      return Records.changed(this, DifferenceRow::pHolm).to(p);
    }
  }

  /** A row of {@value #FILE} of a comparison: a quantity of a model. */
  public record MeasureRow(
      @Column(meaning = "the quantity") String measure,
      @Column(meaning = "unit in one or two words") String unit,
      String model,
      double value,
      @Column(
              meaning =
                  "lower end of its 95 % confidence interval; empty when the quantity "
                      + "has none")
          OptionalDouble ciLow,
      OptionalDouble ciHigh,
      @Column(
              meaning =
                  "number of runs, or photos, that the interval is over; empty when "
                      + "there is none")
          OptionalInt runs) {
    public static final String FILE = "measures.csv";
    public static final Table<MeasureRow> TABLE = Table.of(MeasureRow.class, FILE);
  }

  /** A row of {@value #FILE} of a comparison: a profile of a model from the border inwards. */
  public record ProfileRow(
      @Column(
              meaning =
                  "density (1 is expected by chance), probe (Δlogit against the target) or "
                      + "gradient (relative to the map's mean)")
          String profile,
      String model,
      @Column(meaning = "lower end of the edge ranks; 0 is the border") double uFrom,
      @Column(meaning = "upper end; 1 is the centre") double uTo,
      @Column(meaning = "value, in the unit of the profile") OptionalDouble value,
      @Column(
              meaning =
                  "lower end of its 95 % confidence interval; empty when the profile has none")
          OptionalDouble ciLow,
      OptionalDouble ciHigh) {
    public static final String FILE = "profiles.csv";
    public static final Table<ProfileRow> TABLE = Table.of(ProfileRow.class, FILE);
  }
}
