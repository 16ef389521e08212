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
                  "how far the logit goes from that of the picture which receives to that of the"
                      + " picture which gives, mean over mean")
          double restored,
      @Column(unit = "share", meaning = "lower end of its 95 % interval over pairs of pictures")
          double ciLow,
      @Column(unit = "share", meaning = "upper end") double ciHigh,
      @Column(
              unit = "share",
              meaning = "the same with as many random positions of the layer, mean over draws")
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
      @Column(meaning = "one channel, or the first ones of the ranking, or as many at random")
          String what,
      @Column(meaning = "number of the channel, or how many channels") int channels,
      @Column(meaning = "how many channels the layer has") int of,
      @Column(meaning = "place in the ranking of a channel alone, from 1; 0 for several") int rank,
      @Column(
              unit = "share",
              meaning =
                  "first-order estimate of the share of the evidence that goes with them: derivative"
                      + " times difference; empty for random channels")
          OptionalDouble estimated,
      @Column(unit = "share", meaning = "the share when they are exchanged") double restored,
      @Column(unit = "share", meaning = "lower end of its 95 % interval over pairs of pictures")
          double ciLow,
      @Column(unit = "share", meaning = "upper end") double ciHigh,
      @Column(meaning = "number of pairs of pictures, none of which made the ranking") int pairs) {
    public static final String FILE = "carrier_channels.csv";
    public static final Table<ChannelRow> TABLE = Table.of(ChannelRow.class, FILE);

    /** One channel alone. */
    public static final String SINGLE = "single";

    /** The first of the ranking together. */
    public static final String FIRST = "first";

    /** As many drawn at random. */
    public static final String RANDOM = "random";
  }
}
