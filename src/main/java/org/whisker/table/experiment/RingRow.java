package org.whisker.table.experiment;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: what black pixels do in one bin of edge ranks. Cells are empty where no
 * evolved image has a pixel.
 *
 * @param uFrom lower end of the bin's edge ranks; 0 is the border
 * @param uTo upper end; 1 is the centre
 * @param distanceFrom its pixels' least distance from the border
 * @param distanceTo their largest
 * @param places pixels of the canvas in the bin
 * @param aloneDeltaLogit mean change of the logit of not-cat by one black pixel on white; above 0
 *     is away from cat
 * @param aloneNearNeutral share of the places where that is below λ either way
 * @param penaltyTakenOff what the surrogate takes off for one black pixel, the mean
 * @param blackPixelsARun of an evolved image in the bin, mean over runs
 * @param runs that have a black pixel in the bin
 * @param evolvedDeltaLogit what a black pixel adds to the logit of not-cat (with minus without),
 *     mean over these runs; below 0 it is towards cat
 * @param contribution in files of an earlier whisker the same with the other sign; it is turned, as
 *     is its interval, and empty here
 * @param ciLow lower end of its 95 % interval
 * @param ciHigh upper end
 * @param helping share of these pixels that help
 * @param nearNeutral share of them with a contribution below λ either way
 * @param lambda the price of a black pixel
 */
public record RingRow(
    double uFrom,
    double uTo,
    @Column(unit = "px") int distanceFrom,
    @Column(unit = "px") int distanceTo,
    int places,
    @Column(unit = "logit") double aloneDeltaLogit,
    @Column(unit = "share") double aloneNearNeutral,
    @Column(unit = "logit") double penaltyTakenOff,
    @Column(value = "black_pixels_a_run", unit = "px") double blackPixelsARun,
    int runs,
    @Column(unit = "logit", optional = true) OptionalDouble evolvedDeltaLogit,
    @Column(optional = true) OptionalDouble contribution,
    @Column(unit = "logit") OptionalDouble ciLow,
    @Column(unit = "logit") OptionalDouble ciHigh,
    @Column(unit = "share") OptionalDouble helping,
    @Column(unit = "share") OptionalDouble nearNeutral,
    @Column(unit = "nat") double lambda) {
  public static final String FILE = "rings.csv";
  public static final Table<RingRow> TABLE = Table.of(RingRow.class).without("contribution");

  public RingRow {
    if (contribution.isPresent()) {
      OptionalDouble high = turned(ciLow);
      evolvedDeltaLogit = turned(contribution);
      ciLow = turned(ciHigh);
      ciHigh = high;
      contribution = OptionalDouble.empty();
    }
  }

  private static OptionalDouble turned(OptionalDouble value) {
    return value.isPresent() ? OptionalDouble.of(0 - value.getAsDouble()) : value;
  }

  /** A row a bin, from the border inwards. */
  public static List<RingRow> of(SupplementaryTable.Rings rings) {
    return rings.rows().stream().map(r -> of(r, rings.lambda())).toList();
  }

  private static RingRow of(SupplementaryTable.Rings.Ring r, double lambda) {
    return new RingRow(
        r.where().from(),
        r.where().to(),
        r.where().nearest(),
        r.where().farthest(),
        r.where().pixels(),
        r.alone(),
        r.neutralAlone(),
        r.penalty(),
        r.pixels(),
        r.runs(),
        r.contribution(),
        OptionalDouble.empty(),
        r.low(),
        r.high(),
        r.helping(),
        r.neutral(),
        lambda);
  }

  /** The middle of the bin's edge ranks. */
  public double middle() {
    return (uFrom + uTo) / 2;
  }
}
