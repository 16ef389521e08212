package org.whisker.ablation.result;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** The tables of activation patching. */
public final class CarrierTables {
  private CarrierTables() {}

  /**
   * A row of {@value #FILE}: what the activations in some rings of a layer carry from one picture
   * to another.
   */
  public record CarrierRow(
      @Column(meaning = "whose activations are put into whose") String direction,
      @Column(meaning = "the layer or stage at whose output they are exchanged") String layer,
      @Column(meaning = "rows of its feature maps") int rows,
      @Column(meaning = "columns of its feature maps") int columns,
      @Column(meaning = "the outermost ring of positions that is exchanged; 0 is the border")
          int ringFrom,
      @Column(meaning = "the innermost ring that is exchanged") int ringTo,
      @Column(meaning = "number of rings of a map") int rings,
      @Column(unit = "share", meaning = "share of the positions of a map that are exchanged")
          double area,
      @Column(
              unit = "share",
              meaning =
                  "how far the logit moves from that of the receiving picture to that of the"
                      + " giving picture: ratio of the means")
          double restored,
      @Column(unit = "share", meaning = "lower end of its 95 % interval over pairs of pictures")
          double ciLow,
      @Column(unit = "share") double ciHigh,
      @Column(
              unit = "share",
              meaning =
                  "share that equally many random positions of the layer restore, mean"
                      + " over draws")
          double random,
      @Column(
              unit = "probability",
              meaning =
                  "p of the difference by sign flips over pairs, corrected (Holm) over the cells of"
                      + " the direction")
          double pHolm,
      @Column(meaning = "number of pairs of pictures") int pairs) {
    public static final String FILE = "carriers.csv";
    public static final Table<CarrierRow> TABLE = Table.of(CarrierRow.class, FILE);

    /** Whether it is one band of rings rather than all from the border to a ring. */
    public boolean isBand() {
      return ringFrom > 0 || ringTo == 0;
    }
  }

  /** A row of {@value #FILE}: channels whose activations are exchanged everywhere. */
  public record ChannelRow(
      @Column(meaning = "the layer with the smallest part of a map that suffices") String layer,
      @Column(meaning = "one channel, the first ones of the ranking, or equally many at random")
          String what,
      @Column(meaning = "number of the channel, or how many channels") int channels,
      @Column(meaning = "how many channels the layer has") int of,
      @Column(meaning = "place in the ranking of a channel alone, from 1; 0 for several") int rank,
      @Column(
              unit = "share",
              meaning =
                  "first-order estimate of the share of the evidence that these channels"
                      + " carry: derivative times difference; empty for random channels")
          OptionalDouble estimated,
      @Column(unit = "share", meaning = "the share when they are exchanged") double restored,
      @Column(unit = "share", meaning = "lower end of its 95 % interval over pairs of pictures")
          double ciLow,
      @Column(unit = "share") double ciHigh,
      @Column(meaning = "number of pairs of pictures, none of which was used for the ranking")
          int pairs) {
    public static final String FILE = "carrier_channels.csv";
    public static final Table<ChannelRow> TABLE = Table.of(ChannelRow.class, FILE);

    /** One channel alone. */
    public static final String SINGLE = "single";

    /** The first of the ranking together. */
    public static final String FIRST = "first";

    /** As many channels as {@link #FIRST}, drawn at random. */
    public static final String RANDOM = "random";
  }

  /** A row of {@value #FILE}: what a channel does in photos. */
  public record SeenRow(
      @Column(
              meaning =
                  "carrier, or random: equally many channels drawn from the others of"
                      + " the layer")
          String kind,
      String layer,
      @Column(meaning = "number of the channel") int channel,
      @Column(value = "targets", meaning = "number of photos of the target") int cats,
      @Column(meaning = "number of other photos") int others,
      @Column(
              unit = "probability",
              meaning =
                  "AUC: the probability that its relevance for the target is higher in a photo of the target than"
                      + " in another; 0.5 is chance")
          double auc,
      @Column(meaning = "lower end of its 95 % interval (DeLong)") OptionalDouble aucLow,
      @Column(meaning = "upper end of its 95 % interval") OptionalDouble aucHigh,
      @Column(
              unit = "probability",
              meaning =
                  "p of the difference of the mean relevance, photos permuted, corrected (Holm) over"
                      + " all channels of the table")
          double pHolm,
      @Column(
              unit = "share",
              meaning = "share of photos of the target among those of highest relevance")
          double targetsAmongTop,
      @Column(
              unit = "share",
              meaning =
                  "share of its activation in the outermost ring of its map, mean over photos")
          double outermost,
      @Column(unit = "share", meaning = "lower end of its 95 % interval over photos")
          double outermostLow,
      @Column(unit = "share", meaning = "upper end of its 95 % interval") double outermostHigh,
      @Column(
              unit = "share",
              meaning = "that share if its activation were the same at every position")
          double uniform) {
    public static final String FILE = "carrier_seen.csv";
    public static final Table<SeenRow> TABLE = Table.of(SeenRow.class, FILE);
    public static final String CARRIER = "carrier";
    public static final String RANDOM = "random";
  }

  /** A row of {@value #FILE}: where a channel sees most evidence for cat in photos. */
  public record PatchRow(
      @Column(meaning = "carrier or random") String kind,
      String layer,
      @Column(meaning = "number of the channel") int channel,
      @Column(meaning = "place by relevance among the photos, from 1") int place,
      @Column(meaning = "the photo's file") String photo,
      @Column(meaning = "its label: target or not_target") Label label,
      @Column(
              unit = "px",
              meaning = "left column of the patch, the receptive field of the strongest position")
          int x,
      @Column(unit = "px", meaning = "its top row") int y,
      @Column(unit = "px", meaning = "its width, at most half of the photo's") int width,
      @Column(unit = "px", meaning = "its height, at most half of the photo's") int height,
      @Column(meaning = "activation at the strongest position") double activation,
      @Column(
              unit = "logit",
              meaning =
                  "relevance for the target there: activation times the derivative of the logit of the target")
          double relevance,
      @Column(unit = "logit", meaning = "relevance for the target of the whole map in this photo")
          double ofPhoto) {
    public static final String FILE = "carrier_patches.csv";

    /** The class of a photo. */
    public enum Label {
      TARGET,
      NOT_TARGET
    }

    public static final Table<PatchRow> TABLE = Table.of(PatchRow.class, FILE);
  }

  /** A row of {@value #FILE}: the pixels of a patch. */
  public record PictureRow(
      @Column(meaning = "carrier or random") String kind,
      @Column(meaning = "number of the channel") int channel,
      @Column(meaning = "place by relevance among the photos, from 1") int place,
      @Column(unit = "px", meaning = "width of the patch") int width,
      @Column(unit = "px", meaning = "height of the patch") int height,
      @Column(
              meaning =
                  "its pixels, row by row: two hexadecimal digits of gray each, or six of red, green"
                      + " and blue where the network sees colours")
          String gray) {
    public static final String FILE = "carrier_pictures.csv";
    public static final Table<PictureRow> TABLE = Table.of(PictureRow.class, FILE);
  }
}
