package org.whisker.ablation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.option.Records;
import org.whisker.stats.Estimate;
import org.whisker.stats.Verdict;

/**
 * The estimated effect of a comparison by one measure.
 *
 * @param first whether this is what the comparison was made for: its measure, or where that is E
 *     the one at the p(target) at which its arms are compared
 * @param control mean of the control (or reference) over the paired seeds; empty for an interaction
 * @param treated mean of the treatment, likewise
 * @param delta mean difference with its 95 % interval; null with fewer than two paired seeds
 * @param sd standard deviation of the differences; empty with fewer than two paired seeds
 * @param p two-sided, by sign flips of the differences; 1 without an estimate
 * @param pShaffer p corrected ({@link org.whisker.stats.Shaffer}) for the comparisons of the
 *     experiment by this measure, those of which nothing is predicted by themselves
 * @param a12 Vargha and Delaney's A12, the probability that a treated run exceeds a control run
 *     (ties count half); empty except for pairs
 * @param pEquivalence p of the equivalence test (TOST) within the margin; empty without a margin
 * @param verdict on the hypothesis; for other measures, on "there is a difference"; empty without a
 *     margin
 * @param runsNeeded estimated number of runs (or trained networks) for a decision at the corrected
 *     level if the effect is as seen, if undecided
 * @param seeds number of paired seeds (or trained networks)
 * @param dropped number of seeds dropped because an arm has no value (a white image has no E)
 * @param shareRemoved the share that is removed of the control's bias, (treated − control) / (½ −
 *     control): 1 is all, above 1 it is reversed, below 0 it grew; with its 95 % interval over
 *     paired seeds (see {@link org.whisker.stats.Ratio}). Null unless the control's E differs from
 *     ½ significantly
 * @param equalGain the gain of the logit over white at which the arms are compared by {@link
 *     Measure#EDGE_INDEX_AT_GAIN}, in logits; empty for other measures. It is the gain that takes
 *     the control's empty canvas to the p(target) at which the arms are compared, or less: what at
 *     least half of the runs of each arm reached
 * @param biasChange what the treatment does to the control's bias, where a difference was shown
 */
public record ArmEffect(
    ArmContrast contrast,
    Measure measure,
    boolean first,
    OptionalDouble control,
    OptionalDouble treated,
    @Nullable Estimate delta,
    OptionalDouble sd,
    double p,
    double pShaffer,
    OptionalDouble a12,
    OptionalDouble pEquivalence,
    @Nullable Verdict verdict,
    OptionalLong runsNeeded,
    int seeds,
    int dropped,
    @Nullable Estimate shareRemoved,
    OptionalDouble equalGain,
    BiasChange biasChange) {
  /** Whether this measure decides the verdict on the hypothesis. */
  public boolean decisive() {
    return first && !contrast.isDescriptive();
  }

  /** Removes the verdict where this comparison is to have none. */
  ArmEffect withheld(List<WithheldComparison> withheld) {
    boolean named =
        withheld.stream()
            .map(WithheldComparison::comparison)
            .anyMatch(w -> w.equals(contrast.name()) || w.equals(contrast.label()));
    return named && decisive() ? withoutVerdict() : this;
  }

  private ArmEffect withoutVerdict() {
    return Records.changed(this, ArmEffect::verdict, ArmEffect::runsNeeded)
        .to(null, OptionalLong.empty());
  }
}
