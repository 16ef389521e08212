package org.whisker.table.experiment;

import java.util.Locale;
import java.util.Optional;
import org.whisker.ablation.Withheld;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: manipulation check of an experiment on training position. If training on
 * shifted photos had the intended effect, shifting test photos costs these networks less accuracy
 * than those trained on centred photos. The claim is about the networks of this experiment, so the
 * unit of analysis is the photo, averaged over the networks of an arm.
 *
 * @param control arm trained on centred photos
 * @param treatment arm trained on shifted photos
 * @param networks number of networks in each arm
 * @param photos number of test photos, each scored in place and shifted
 * @param mostShift maximum shift along either axis, as a share of the canvas
 * @param controlAccuracy share of photos in place that the control classifies correctly
 * @param controlShiftedAccuracy likewise of shifted photos
 * @param treatmentAccuracy as {@code controlAccuracy}, for the treatment
 * @param treatmentShiftedAccuracy as {@code controlShiftedAccuracy}, for the treatment
 * @param spared loss of accuracy by the shift, control minus treatment; above 0 as intended
 * @param ciLow lower end of its 95 % confidence interval
 * @param ciHigh upper end of the interval
 * @param p two-sided p-value of a sign-flip permutation test over photos
 * @param shown whether the manipulation had the intended effect: above 0 with p at most 0.05
 * @param networksSha256 SHA-256 over the hashes of all networks' weights
 */
public record ManipulationRow(
    String control,
    String treatment,
    int networks,
    int photos,
    @Column(unit = "share") double mostShift,
    @Column(unit = "share") double controlAccuracy,
    @Column(unit = "share") double controlShiftedAccuracy,
    @Column(unit = "share") double treatmentAccuracy,
    @Column(unit = "share") double treatmentShiftedAccuracy,
    @Column(unit = "share") double spared,
    @Column(unit = "share") double ciLow,
    @Column(unit = "share") double ciHigh,
    @Column(unit = "probability") double p,
    boolean shown,
    String networksSha256) {
  public static final String FILE = "manipulation.csv";
  public static final Table<ManipulationRow> TABLE = Table.of(ManipulationRow.class);

  /** Why the treatment bears no verdict; empty where the manipulation worked. */
  public Optional<Withheld> withheld() {
    return shown
        ? Optional.empty()
        : Optional.of(
            new Withheld(
                treatment,
                String.format(
                    Locale.ROOT,
                    "training on shifted photos did not make these networks lose less accuracy on"
                        + " shifted ones (spared %.3f, p = %.2g), so it did not do what it was for",
                    spared,
                    p)));
  }
}
