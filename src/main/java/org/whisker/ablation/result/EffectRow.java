package org.whisker.ablation.result;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.Measure;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/**
 * A row of {@value #FILE}: one comparison of an experiment for one measure. Cells are empty when
 * fewer than two pairs have a value or a statistic does not apply.
 */
public record EffectRow(
    @Column(meaning = "name of the comparison, which is that of the treated arm") String comparison,
    @Column(meaning = "the control arm, chance or interaction") String against,
    @Column(
            meaning =
                "measure of a run: edge_index (of final images), "
                    + "edge_index_at_target, edge_index_at_half (at equal p(target)), "
                    + "edge_index_at_gain (at equal gain over white), gain, "
                    + "success, evaluations, pixels or p_target")
        String measure,
    @Column(meaning = "whether this measure decides the verdict on the hypothesis")
        boolean decisive,
    @Column(meaning = "sign of the difference predicted by the hypothesis") String predicted,
    @Column(
            meaning =
                "mean of the control over the compared pairs, in the unit of the " + "measure")
        OptionalDouble controlMean,
    @Column(meaning = "mean of the treated arm over the same pairs") OptionalDouble treatedMean,
    @Column(meaning = "mean over pairs of treated minus control, in the unit of the measure")
        OptionalDouble difference,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability", meaning = "two-sided p-value of a sign-flip permutation test")
        OptionalDouble pValue,
    @Column(
            unit = "probability",
            meaning =
                "p-value corrected by Shaffer's method over the experiment's comparisons by this "
                    + "measure")
        OptionalDouble pShaffer,
    @Column(
            meaning =
                "Vargha and Delaney's A: the probability that a treated run has a "
                    + "larger value than a control run")
        OptionalDouble a12,
    @Column(
            unit = "probability",
            meaning =
                "p-value of the equivalence test (TOST) that the difference lies within the margin;"
                    + " empty of fewer than six pairs")
        OptionalDouble pEquivalence,
    @Column(meaning = "equivalence margin, in the unit of the measure") OptionalDouble margin,
    @Column(meaning = VerdictAnswer.MEANING) String verdict,
    @Column(meaning = "estimated number of runs needed for a decision, when undecided")
        OptionalLong runsNeeded,
    @Column(meaning = "number of pairs (seeds) compared") int seeds,
    @Column(meaning = "number of pairs without a value") int dropped,
    @Column(
            unit = "share",
            meaning =
                "share of the control's bias that is removed: 1 is all of it, above 1 "
                    + "the bias is reversed, below 0 it grew")
        OptionalDouble shareRemoved,
    @Column(unit = "share", meaning = "lower end of its 95 % interval, by the bootstrap over pairs")
        OptionalDouble shareRemovedCiLow,
    @Column(unit = "share") OptionalDouble shareRemovedCiHigh,
    @Column(
            meaning =
                "effect of the treatment on the control's bias: removes, weakens, "
                    + "reverses, strengthens, creates, or empty when no change was shown")
        String biasChange) {
  public static final String FILE = "effect.csv";
  public static final Table<EffectRow> TABLE = Table.of(EffectRow.class, FILE);

  /** The effects of an experiment, grouped by comparison. */
  public static List<EffectRow> of(AblationResult result) {
    return result.effects().stream().map(EffectRow::of).toList();
  }

  /** Whether it is of an edge index, final or at a level. */
  public boolean isOfEdgeIndex() {
    return Measure.valueOf(measure.toUpperCase(Locale.ROOT)).isEdgeIndex();
  }

  /** Whether its comparison is among these, by name or by {@linkplain ArmContrast#label label}. */
  public boolean isAmong(Set<String> comparisons) {
    return comparisons.contains(comparison)
        || comparisons.contains(comparison + ArmContrast.MINUS + against)
        || comparisons.contains(ArmContrast.INTERACTION + comparison);
  }

  static EffectRow of(ArmEffect e) {
    Estimate delta = e.delta();
    Estimate share = e.shareRemoved();
    return new EffectRow(
        e.contrast().name(),
        e.contrast().against(),
        e.measure().label(),
        e.decisive(),
        e.contrast().predicted().name().toLowerCase(Locale.ROOT),
        e.control(),
        e.treated(),
        OptionalNumber.ofNullable(delta, Estimate::value),
        OptionalNumber.ofNullable(delta, d -> d.interval().low()),
        OptionalNumber.ofNullable(delta, d -> d.interval().high()),
        OptionalNumber.ofNullable(delta, d -> e.p()),
        OptionalNumber.ofNullable(delta, d -> e.pShaffer()),
        e.a12(),
        e.pEquivalence(),
        e.measure().margin(),
        delta == null ? "" : VerdictAnswer.label(e),
        e.runsNeeded(),
        e.seeds(),
        e.dropped(),
        OptionalNumber.ofNullable(share, Estimate::value),
        OptionalNumber.ofNullable(share, s -> s.interval().low()),
        OptionalNumber.ofNullable(share, s -> s.interval().high()),
        e.biasChange().label());
  }
}
