package org.whisker.diagnosis.result;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** Rows of the tables of what a diagnosis measures. */
public final class MeasureTables {
  private MeasureTables() {}

  /** A row of {@value #FILE}: one measure, before any correction. */
  public record EvidenceRow(
      @Column(meaning = "what is measured: a symptom or a cause") String measure,
      @Column(
              unit = "sd",
              format = "%.3f",
              meaning = "the estimate, see causes.csv for its meaning")
          OptionalDouble estimate,
      @Column(unit = "sd") OptionalDouble ciLow,
      @Column(unit = "sd") OptionalDouble ciHigh,
      @Column(
              unit = Column.PROBABILITY,
              meaning = "one-sided p of an effect that is at most the threshold; small if above it")
          OptionalDouble pAbove,
      @Column(
              unit = Column.PROBABILITY,
              meaning =
                  "one-sided p of an effect that is at least the threshold; small if below it")
          OptionalDouble pBelow,
      @Column(meaning = "number of pictures") int pictures,
      @Column(meaning = "where it was found: layer, side or part of the picture") String where,
      @Column(meaning = "why it was not tested, or a remark") String note) {
    public static final String FILE = "evidence.csv";
    public static final Table<EvidenceRow> TABLE = Table.of(EvidenceRow.class, FILE);

    /** The evidence of a measure that could not be tested. */
    public static EvidenceRow untested(String measure, String why) {
      OptionalDouble none = OptionalDouble.empty();
      return new EvidenceRow(measure, none, none, none, none, none, 0, "", why);
    }

    public boolean isTested() {
      return estimate.isPresent();
    }
  }

  /** A row of {@value #FILE}: neighbouring rows or columns of pixels on which no logit depends. */
  public record UnreadRow(
      @Column(meaning = "rows or columns") String axis,
      @Column(unit = "px", meaning = "the first of them, from 0") int from,
      @Column(unit = "px", meaning = "the last of them") int to,
      @Column(meaning = "whether they lie along the border: border or within") String where) {
    public static final String FILE = "unread.csv";
    public static final Table<UnreadRow> TABLE = Table.of(UnreadRow.class, FILE);

    /** Stands in place of a side: the row lies between rows or columns that are read. */
    public static final String WITHIN = "within";

    public static final String BORDER = "border";
  }

  /** A row of {@value #FILE}: where the mean saliency map of the photos of a folder is highest. */
  public record ClassMapRow(
      @Column(
              meaning =
                  "the folder of photos; its map is class-map-N, where N is the number"
                      + " of the row, from 1")
          String group,
      @Column(meaning = "number of photos") int photos,
      @Column(unit = "px", meaning = "first column of the block whose mean is highest, from 0")
          int left,
      @Column(unit = "px", meaning = "first row of that block, from 0") int top,
      @Column(unit = "px") int width,
      @Column(unit = "px") int height,
      @Column(format = "%.2f", meaning = "mean of the map there, as a multiple of its mean")
          double peak,
      @Column(
              format = "%.2f",
              meaning = "the same block of the mean map of all other folders, each counting alike")
          double others,
      @Column(
              format = "%.2f",
              meaning = "correlation with the mean map of all other folders, over blocks")
          double correlation) {
    public static final String FILE = "class-maps.csv";
    public static final Table<ClassMapRow> TABLE = Table.of(ClassMapRow.class, FILE);

    /** The name of the map of a row, from 0. */
    public static String map(int row) {
      return "class-map-" + (row + 1);
    }
  }

  /** A row of {@value #FILE}: a part near the border in which the photos of a folder are alike. */
  public record MarkRow(
      @Column(meaning = "the set of photos") String group,
      @Column(unit = "px", meaning = "first column of the part, from 0") int left,
      @Column(unit = "px", meaning = "first row of the part, from 0") int top,
      @Column(unit = "px") int width,
      @Column(unit = "px") int height,
      @Column(
              unit = "sd",
              meaning =
                  "change of the logit against the target when the part is replaced by that of other"
                      + " photos, minus the change by the same replacement at the mirrored"
                      + " place, in standard deviations of the logit")
          double change,
      @Column(unit = "sd", meaning = "lower end of its 95 % interval over photos") double ciLow,
      @Column(unit = "sd") double ciHigh) {
    public static final String FILE = "marks.csv";
    public static final Table<MarkRow> TABLE = Table.of(MarkRow.class, FILE);
  }

  /** A row of {@value #FILE}: what an operation does that knows places. */
  public record OperationRow(
      @Column(meaning = "name of the layer; several, where a later one puts back what one moved")
          String layer,
      @Column(meaning = "what it does to a map") String does,
      @Column(
              unit = "share",
              meaning =
                  "mean change of the logit when what it reads is rolled over its borders, and what"
                      + " it gives is rolled back, over the mean difference of the logit between"
                      + " two pictures")
          double effect,
      @Column(unit = "share", meaning = "lower end of its 95 % interval over pictures")
          double ciLow,
      @Column(unit = "share") double ciHigh) {
    public static final String FILE = "operations.csv";
    public static final Table<OperationRow> TABLE = Table.of(OperationRow.class, FILE);
  }

  /**
   * A row of {@value #FILE}: tokens of a transformer whose norm is far above that of the others.
   */
  public record TokenRow(
      @Column(meaning = "name of the layer at which a block ends, or the embedding is added")
          String layer,
      @Column(meaning = "what is shown: pictures, noise or white") String shown,
      @Column(meaning = "how many of them") int pictures,
      @Column(meaning = "tokens of a picture, without class tokens") int tokens,
      @Column(
              format = "%.2f",
              meaning =
                  "tokens of a picture, on average, whose norm is above three times the median of"
                      + " its tokens")
          double outlying,
      @Column(
              format = "%.2f",
              meaning = "the largest norm, as a multiple of the median of its picture")
          double largest,
      @Column(
              meaning =
                  "places whose token is outlying in at least three of four; of pictures only those"
                      + " that are so in noise, too")
          int fixed,
      @Column(meaning = "their rows and columns of tokens, from 0") String places,
      @Column(
              unit = "share",
              meaning =
                  "mean change of the logit when the tokens at these places become the mean of the"
                      + " others of their picture, less that by the same of as many others at"
                      + " random places, over the mean difference of the logit between two"
                      + " pictures")
          OptionalDouble effect,
      @Column(unit = "share", meaning = "lower end of its 95 % interval over pictures")
          OptionalDouble ciLow,
      @Column(unit = "share") OptionalDouble ciHigh) {
    public static final String FILE = "tokens.csv";
    public static final Table<TokenRow> TABLE = Table.of(TokenRow.class, FILE);

    public static final String PICTURES = "pictures";
    public static final String NOISE = "noise";
    public static final String WHITE = "white";
  }

  /** A row of {@value #FILE}: what the padding of a layer does, on all sides or on one. */
  public record LayerPaddingRow(
      @Column(meaning = "name of the layer; all layers for every padded one") String layer,
      @Column(meaning = "the side of the map whose padding is swapped; all for every side")
          String side,
      @Column(
              meaning =
                  "what the values beyond the border are: zero, reflect, replicate; none where a"
                      + " pooling leaves them out")
          String values,
      @Column(unit = "px", meaning = "rows or columns added before the map, in pixels of the map")
          int before,
      @Column(unit = "px", meaning = "rows or columns added after the map") int after,
      @Column(
              unit = "sd",
              meaning =
                  "systematic change of the contributions of the last feature map by this"
                      + " padding, in standard deviations of these contributions over pictures")
          double effect,
      @Column(unit = "sd", meaning = "lower end of its 95 % interval over pictures") double ciLow,
      @Column(unit = "sd") double ciHigh) {
    public static final String FILE = "layers.csv";
    public static final Table<LayerPaddingRow> TABLE = Table.of(LayerPaddingRow.class, FILE);

    /** Stands in place of a layer: all of them. */
    public static final String ALL = "all layers";

    /** Stands in place of a side: all of them. */
    public static final String ALL_SIDES = "all";
  }

  /**
   * A row of {@value #FILE}: how far the logit goes when pictures are shifted over their borders.
   */
  public record ShiftRow(
      @Column(
              meaning =
                  "the network as it is, or on a torus: every padding wraps around, and the"
                      + " logit is the mean over all rolls of the last feature map, so that"
                      + " only strides depend on the place")
          String network,
      @Column(unit = "px", meaning = "how far pictures are shifted, to the right and down")
          int shift,
      @Column(
              unit = "px",
              meaning =
                  "the shift modulo the total stride of the last feature map: at 0 a network"
                      + " on a torus sees the same samples")
          OptionalInt phase,
      @Column(
              unit = "share",
              meaning =
                  "mean absolute change of the logit, over the mean difference of the logit between"
                      + " two pictures")
          double change,
      @Column(unit = "share", meaning = "lower end of its 95 % interval over pictures")
          double ciLow,
      @Column(unit = "share") double ciHigh) {
    public static final String FILE = "shifts.csv";
    public static final Table<ShiftRow> TABLE = Table.of(ShiftRow.class, FILE);

    /** The network as it is. */
    public static final String OWN = "as it is";

    /** The network that only strides tell of places. */
    public static final String TORUS = "on a torus";
  }

  /** A row of {@value #FILE}: what it costs to hide a block of a picture, by its place. */
  public record PlaceRow(
      @Column(unit = "px", meaning = "first column of the block, from 0") int left,
      @Column(unit = "px", meaning = "first row of the block, from 0") int top,
      @Column(unit = "px") int width,
      @Column(unit = "px") int height,
      @Column(
              unit = "logit",
              meaning =
                  "mean change of the logit against the target when the block is filled with the mean"
                      + " of its picture, minus the mean over all blocks; pictures are rolled"
                      + " at random, so that content does not depend on the place")
          double change,
      @Column(unit = "logit", meaning = "lower end of its 95 % interval over pictures")
          double ciLow,
      @Column(unit = "logit") double ciHigh) {
    public static final String FILE = "places.csv";
    public static final Table<PlaceRow> TABLE = Table.of(PlaceRow.class, FILE);
  }

  /** A row of {@value #FILE}: the verdict on a suspected cause. */
  public record CauseRow(
      @Column(format = "%s", meaning = "the suspected cause") String cause,
      @Column(
              format = "%s",
              meaning = "found, none (shown to be below the threshold), undecided, or not tested")
          String verdict,
      @Column(
              unit = "sd",
              format = "%.3f",
              meaning =
                  "the estimate, as the column measure says; for crop and missed-pixels a"
                      + " share of the pixels")
          OptionalDouble estimate,
      @Column(unit = "sd", format = "%.3f") OptionalDouble ciLow,
      @Column(unit = "sd", format = "%.3f") OptionalDouble ciHigh,
      @Column(unit = "sd", format = "%.2f", meaning = "the fixed threshold of a cause")
          double threshold,
      @Column(
              value = "p_corrected",
              unit = Column.PROBABILITY,
              title = "p corrected",
              format = "%.4f",
              meaning =
                  "p of an effect that is at most the threshold, by Holm's correction over the"
                      + " causes that were tested; empty where a finding is exact")
          OptionalDouble correctedP,
      @Column(format = "%s", meaning = "where: layer, side or part of the picture") String where,
      @Column(meaning = "what would mend it") String mend,
      @Column(meaning = "what the estimate is of") String measure,
      @Column(meaning = "why it was not tested, or a remark") String note) {
    public static final String FILE = "causes.csv";
    public static final Table<CauseRow> TABLE = Table.of(CauseRow.class, FILE);

    /** The finding above the threshold. */
    public static final String FOUND = "found";

    /** The finding below the threshold. */
    public static final String NONE = "none";

    /** Neither finding is shown. */
    public static final String UNDECIDED = "undecided";

    /** The finding where nothing was tested. */
    public static final String UNTESTED = "not tested";

    /** The note on marks where no photos were given, in which they could be. */
    public static final String NO_PHOTOS = "there are no photos";

    /** Whether it is a cause. */
    public boolean isFound() {
      return verdict.equals(FOUND);
    }

    /**
     * Whether its effect was not shown to be above the threshold, though it may be known from the
     * layers: then there is no p, and the lower end of the interval tells.
     */
    public boolean isWeak() {
      return (correctedP.isPresent() ? estimate : ciLow).orElse(threshold) < threshold;
    }

    /** Whether it was shown to be above or below the threshold. */
    public boolean isDecided() {
      return isFound() || verdict.equals(NONE);
    }

    /** Whether it was asked for, which marks are not where there are no photos. */
    public boolean isAsked() {
      return !note.equals(NO_PHOTOS);
    }
  }
}
