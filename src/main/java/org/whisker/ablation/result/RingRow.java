package org.whisker.ablation.result;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the effect of black pixels in one bin of edge ranks. Cells are empty
 * when no evolved image has a pixel in the bin.
 */
public record RingRow(
    @Column(meaning = "lower end of the bin's edge ranks; 0 is the border") double uFrom,
    @Column(meaning = "upper end; 1 is the centre") double uTo,
    @Column(unit = "px", meaning = "smallest distance of its pixels from the border, in pixels")
        int distanceFrom,
    @Column(unit = "px", meaning = "largest distance from the border, in pixels") int distanceTo,
    @Column(meaning = "number of canvas pixels in the bin") int places,
    @Column(
            unit = "logit",
            meaning =
                "mean change of the logit against the target by one black pixel on white; "
                    + "above 0 is away from the target")
        double aloneDeltaLogit,
    @Column(unit = "share", meaning = "share of the places where the absolute change is below λ")
        double aloneNearNeutral,
    @Column(unit = "logit", meaning = "mean logit that the surrogate subtracts for one black pixel")
        double penaltyTakenOff,
    @Column(
            value = "black_pixels_a_run",
            unit = "px",
            meaning = "number of black pixels in the bin per evolved image, mean over runs")
        double blackPixelsARun,
    @Column(meaning = "number of runs that have a black pixel in the bin") int runs,
    @Column(
            unit = "logit",
            meaning =
                "logit against the target with a black pixel minus without it, mean over "
                    + "these runs; below 0 is towards the target")
        OptionalDouble evolvedDeltaLogit,
    @Column(unit = "logit") OptionalDouble ciLow,
    @Column(unit = "logit") OptionalDouble ciHigh,
    @Column(unit = "share", meaning = "share of these pixels whose effect is towards the target")
        OptionalDouble helping,
    @Column(
            unit = "share",
            meaning = "share of these pixels whose absolute contribution is below λ")
        OptionalDouble nearNeutral,
    @Column(unit = "nat", meaning = "the penalty per black pixel, in logits") double lambda) {
  public static final String FILE = "rings.csv";
  public static final Table<RingRow> TABLE = Table.of(RingRow.class, FILE);

  /**
   * A row of {@value #FILE}: the black pixels of evolved images that harm alone and help in the
   * image; the first row is of the whole canvas, the others of the bins of edge ranks. Cells are
   * empty if no image has such a pixel.
   */
  public record HarmAndHelpRow(
      @Column(meaning = "lower end of the edge ranks; 0 is the border") double uFrom,
      @Column(meaning = "upper end; 1 is the centre") double uTo,
      @Column(
              value = "targets",
              meaning =
                  "whether the images are those of the runs that reached the target; if "
                      + "none did, they are the images of all runs")
          boolean cats,
      @Column(meaning = "number of runs with a black pixel there") int runs,
      @Column(
              unit = "share",
              meaning =
                  "share of a run's black pixels there that harm alone and help in the image,"
                      + " mean over these runs")
          OptionalDouble share,
      @Column(unit = "share") OptionalDouble ciLow,
      @Column(unit = "share") OptionalDouble ciHigh,
      @Column(
              unit = "logit",
              meaning =
                  "mean Δlogit of such a pixel alone on white; above 0 is away from the target")
          OptionalDouble aloneDeltaLogit,
      @Column(
              unit = "logit",
              meaning =
                  "mean Δlogit of these pixels in the image (with minus without); below "
                      + "0 is towards the target")
          OptionalDouble evolvedDeltaLogit) {
    public static final String FILE = "harm_and_help.csv";
    public static final Table<HarmAndHelpRow> TABLE = Table.of(HarmAndHelpRow.class, FILE);
  }
}
