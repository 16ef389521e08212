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
 * A row of {@value #FILE}: one comparison of an experiment by one measure. Cells are empty where
 * fewer than two pairs have a value, or where a statistic does not apply.
 *
 * @param comparison its name, that of the treated arm
 * @param against the control arm, {@code chance} or {@code interaction}
 * @param measure of a run: edge_index (of final images), edge_index_at_target, edge_index_at_half
 *     (at equal p(cat)), gain, success, evaluations, pixels or p_cat
 * @param decisive whether this measure decides the verdict on the hypothesis
 * @param predicted what the hypothesis says of the difference
 * @param controlMean mean over the pairs that are compared
 * @param treatedMean likewise
 * @param difference treated less control, mean over pairs
 * @param ciLow lower end of its 95 % interval
 * @param ciHigh upper end
 * @param pValue two-sided, by sign flips
 * @param pHolm corrected for the experiment's other comparisons by this measure
 * @param a12 Vargha and Delaney's A: the chance that a treated run is above a control run
 * @param pEquivalence that the difference lies within the margin (TOST)
 * @param margin within which a difference counts as none
 * @param verdict supported, opposite, no_effect, refuted, undecided, not_enough_cats or empty
 * @param runsNeeded to decide, where undecided
 * @param seeds pairs that were compared
 * @param dropped pairs without a value
 * @param shareRemoved of the control's bias; 1 is all, above 1 it is reversed, below 0 it grew
 * @param biasChange what the treatment does to the control's bias: removes, weakens, reverses,
 *     strengthens, creates, or empty where none was shown
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
    @Column(optional = true) String biasChange) {
  public static final String FILE = "effect.csv";
  public static final Table<EffectRow> TABLE = Table.of(EffectRow.class);

  /** The effects of an experiment, comparison by comparison. */
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

  /** A verdict in small letters; empty where there is none. */
  static String label(@Nullable Verdict verdict) {
    return verdict == null ? "" : verdict.label();
  }
}
