package org.whisker.table.experiment;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmEffect;
import org.whisker.stats.Estimate;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: one comparison of an experiment for one measure. Cells are empty when
 * fewer than two pairs have a value or a statistic does not apply.
 *
 * @param comparison name of the comparison, which is that of the treated arm
 * @param against the control arm, {@code chance} or {@code interaction}
 * @param measure measure of a run: edge_index (of final images), edge_index_at_target,
 *     edge_index_at_half (at equal p(cat)), gain, success, evaluations, pixels or p_cat
 * @param decisive whether this measure decides the verdict on the hypothesis
 * @param predicted sign of the difference predicted by the hypothesis
 * @param controlMean mean of the control over the compared pairs, in the unit of the measure
 * @param treatedMean mean of the treated arm over the same pairs
 * @param difference mean over pairs of treated minus control, in the unit of the measure
 * @param ciLow lower end of its 95 % confidence interval
 * @param ciHigh upper end of the interval
 * @param pValue two-sided p-value of a sign-flip permutation test
 * @param pHolm p-value corrected (Holm) over the experiment's comparisons by this measure
 * @param a12 Vargha and Delaney's A: the probability that a treated run has a larger value than a
 *     control run
 * @param pEquivalence p-value of the equivalence test (TOST) that the difference lies within the
 *     margin
 * @param margin equivalence margin, in the unit of the measure
 * @param verdict supported, opposite, no_effect, refuted, undecided, not_enough_cats or empty
 * @param runsNeeded estimated number of runs needed for a decision, when undecided
 * @param seeds number of pairs (seeds) compared
 * @param dropped number of pairs without a value
 * @param shareRemoved share of the control's bias that is removed: 1 is all of it, above 1 the bias
 *     is reversed, below 0 it grew
 * @param biasChange effect of the treatment on the control's bias: removes, weakens, reverses,
 *     strengthens, creates, or empty when no change was shown
 */
public record EffectRow(
    String comparison,
    String against,
    String measure,
    boolean decisive,
    String predicted,
    OptionalDouble controlMean,
    OptionalDouble treatedMean,
    OptionalDouble difference,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability") OptionalDouble pValue,
    @Column(unit = "probability") OptionalDouble pHolm,
    OptionalDouble a12,
    @Column(unit = "probability") OptionalDouble pEquivalence,
    OptionalDouble margin,
    String verdict,
    OptionalLong runsNeeded,
    int seeds,
    int dropped,
    @Column(unit = "share") OptionalDouble shareRemoved,
    String biasChange) {
  public static final String FILE = "effect.csv";
  public static final Table<EffectRow> TABLE = Table.of(EffectRow.class);

  /** The effects of an experiment, grouped by comparison. */
  public static List<EffectRow> of(AblationResult result) {
    return result.effects().stream().map(EffectRow::of).toList();
  }

  static EffectRow of(ArmEffect e) {
    Estimate delta = e.delta();
    return new EffectRow(
        e.contrast().name(),
        e.contrast().against(),
        e.measure().label(),
        e.decisive(),
        e.contrast().predicted().name().toLowerCase(Locale.ROOT),
        e.control(),
        e.treated(),
        delta == null ? OptionalDouble.empty() : OptionalDouble.of(delta.value()),
        delta == null ? OptionalDouble.empty() : OptionalDouble.of(delta.interval().low()),
        delta == null ? OptionalDouble.empty() : OptionalDouble.of(delta.interval().high()),
        delta == null ? OptionalDouble.empty() : OptionalDouble.of(e.p()),
        delta == null ? OptionalDouble.empty() : OptionalDouble.of(e.pHolm()),
        e.a12(),
        e.pEquivalence(),
        e.measure().margin(),
        delta == null ? "" : label(e.verdict()),
        e.runsNeeded(),
        e.seeds(),
        e.dropped(),
        e.shareRemoved(),
        e.biasChange().label());
  }

  /** A verdict in lower case; empty when there is none. */
  static String label(@Nullable Verdict verdict) {
    return verdict == null ? "" : verdict.label();
  }
}
