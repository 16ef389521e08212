package org.whisker.explain;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRuns;
import org.whisker.stats.Estimate;

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
 * @param treatedRuns all of the treated arm
 */
public record GainTest(
    double control,
    double treated,
    double effect,
    OptionalDouble low,
    OptionalDouble high,
    double p,
    double pCorrected,
    int whiteControl,
    int whiteTreated,
    int treatedRuns) {
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
        treated.whites(),
        treated.runs().size());
  }

  GainTest corrected(double newP) {
    return new GainTest(
        control, treated, effect, low, high, p, newP, whiteControl, whiteTreated, treatedRuns);
  }

  /**
   * Whether every treated run ended white, though the control's did not: no pixel paid for itself.
   */
  public boolean allWhite() {
    return whiteTreated == treatedRuns && control > 0;
  }
}
