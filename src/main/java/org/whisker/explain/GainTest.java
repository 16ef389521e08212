package org.whisker.explain;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRuns;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;

/**
 * How much evidence for a cat the runs of a comparison found, whatever became of them: the logit of
 * not-cat of the empty canvas less that of the final image. No run is left out.
 *
 * @param control mean gain of the control, in logits
 * @param treated that of the treated arm
 * @param effect treated less control, mean over pairs
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param p two-sided, by sign flips
 * @param pCorrected over the gains of the report (Holm); equal to p before the correction
 * @param whiteControl runs of the control that ended without a black pixel
 * @param whiteTreated likewise
 */
public record GainTest(
    @Column(
            value = "gain_control",
            unit = "logit",
            meaning = "logit of the empty canvas minus that of the final image, mean over the runs")
        double control,
    @Column(value = "gain_treated", unit = "logit", meaning = "the same of the treated arm")
        double treated,
    @Column(
            value = "gain_effect",
            unit = "logit",
            meaning = "gain of the treated arm minus that of the control")
        double effect,
    @Column(
            value = "gain_ci_low",
            unit = "logit",
            meaning = "lower end of its 95 % confidence interval")
        OptionalDouble low,
    @Column(value = "gain_ci_high", unit = "logit", meaning = "upper end of the interval")
        OptionalDouble high,
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
    @Column(unit = "runs", meaning = "the same of the treated arm") int whiteTreated) {
  /** Before the correction; null where fewer than two pairs have a gain. */
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
    return new GainTest(control, treated, effect, low, high, p, newP, whiteControl, whiteTreated);
  }
}
