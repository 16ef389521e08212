package org.whisker.table.experiment;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the effect of black pixels in one bin of edge ranks. Cells are empty
 * when no evolved image has a pixel in the bin.
 *
 * @param uFrom lower end of the bin's edge ranks; 0 is the border
 * @param uTo upper end; 1 is the centre
 * @param distanceFrom smallest distance of its pixels from the border, in pixels
 * @param distanceTo largest distance from the border, in pixels
 * @param places number of canvas pixels in the bin
 * @param aloneDeltaLogit mean change of the logit of not-cat by one black pixel on white; above 0
 *     is away from cat
 * @param aloneNearNeutral share of the places where the absolute change is below λ
 * @param penaltyTakenOff mean logit that the surrogate subtracts for one black pixel
 * @param blackPixelsARun number of black pixels in the bin per evolved image, mean over runs
 * @param runs number of runs that have a black pixel in the bin
 * @param evolvedDeltaLogit logit of not-cat with a black pixel minus without it, mean over these
 *     runs; below 0 is towards cat
 * @param ciLow lower end of its 95 % confidence interval
 * @param ciHigh upper end of the interval
 * @param helping share of these pixels whose effect is towards cat
 * @param nearNeutral share of these pixels whose absolute contribution is below λ
 * @param lambda the penalty per black pixel, in logits
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
    @Column(unit = "logit") OptionalDouble evolvedDeltaLogit,
    @Column(unit = "logit") OptionalDouble ciLow,
    @Column(unit = "logit") OptionalDouble ciHigh,
    @Column(unit = "share") OptionalDouble helping,
    @Column(unit = "share") OptionalDouble nearNeutral,
    @Column(unit = "nat") double lambda) {
  public static final String FILE = "rings.csv";
  public static final Table<RingRow> TABLE = Table.of(RingRow.class);

  /** One row per bin, from the border inwards. */
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
