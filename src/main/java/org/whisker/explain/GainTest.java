package org.whisker.explain;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRuns;
import org.whisker.option.Records;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;

/**
 * How much evidence for a cat the runs of a comparison found, whatever became of them: the logit of
 * not-cat of the empty canvas less that of the final image. No run is left out.
 *
 * @param low lower end of its 95 % interval
 * @param high upper end of the interval
 */
public record GainTest(
    @Column(
            value = "gain_control",
            unit = "logit",
            meaning = "logit of the empty canvas minus that of the final image, mean over the runs")
        double control,
    @Column(
            value = "gain_treated",
            unit = "logit",
            meaning =
                "logit of the empty canvas minus that of the treated arm's final image, mean over"
                    + " the runs")
        double treated,
    @Column(
            value = "gain_effect",
            unit = "logit",
            meaning = "gain of the treated arm minus that of the control")
        double effect,
    @Column(value = "gain_ci_low", unit = "logit") OptionalDouble low,
    @Column(value = "gain_ci_high", unit = "logit") OptionalDouble high,
    @Column(
            value = "gain_p_value",
            unit = Column.PROBABILITY,
            meaning = "uncorrected p-value of the difference in gain")
        double p,
    @Column(
            value = "gain_p_corrected",
            unit = Column.PROBABILITY,
            meaning = "this p-value corrected over the gains of the report by Holm's method")
        double pCorrected,
    @Column(
            unit = "runs",
            meaning = "number of runs of the control that ended without a black pixel")
        int whiteControl,
    @Column(
            unit = "runs",
            meaning = "number of runs of the treated arm that ended without a black pixel")
        int whiteTreated) {
  /** The test before the correction; null where fewer than two pairs have a gain. */
  static @Nullable GainTest of(ArmEffect gain, ArmRuns control, ArmRuns treated) {
    Estimate delta = gain.delta();
    if (delta == null) {
      return null;
    }
    return new GainTest(
        gain.control().orElse(Double.NaN),
        gain.treated().orElse(Double.NaN),
        delta.value(),
        OptionalDouble.of(delta.interval().low()),
        OptionalDouble.of(delta.interval().high()),
        gain.p(),
        gain.p(),
        control.whites(),
        treated.whites());
  }

  GainTest corrected(double newP) {
    return Records.changed(this, GainTest::pCorrected).to(newP);
  }
}
