package org.whisker.table.experiment;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.Observation;
import org.whisker.stats.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: one statistic of the control's evolved images against its null value.
 *
 * @param observed what is measured
 * @param against what the effect is 0 for
 * @param statistic its kind, in a word
 * @param effect the mean over runs less the null value, in the statistic's unit
 * @param ciLow lower end of its 95 % interval; empty where runs have no values of their own
 * @param ciHigh upper end
 * @param pValue uncorrected; empty below two runs
 * @param pHolm corrected for the experiment's other observations
 * @param pEquivalence that the effect lies within the margin (TOST)
 * @param margin within which an effect counts as none
 * @param verdict supported, refuted, undecided or empty
 * @param runsNeeded to decide, where undecided and known
 * @param runs that have a value
 * @param dropped runs that have none
 */
public record ObservationRow(
    String observed,
    String against,
    String statistic,
    double effect,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability") OptionalDouble pValue,
    @Column(unit = "probability") OptionalDouble pHolm,
    @Column(unit = "probability") OptionalDouble pEquivalence,
    OptionalDouble margin,
    String verdict,
    OptionalLong runsNeeded,
    int runs,
    int dropped) {
  public static final String FILE = "observations.csv";
  public static final Table<ObservationRow> TABLE = Table.of(ObservationRow.class);

  /** What an experiment observed; empty where it observes nothing. */
  public static List<ObservationRow> of(AblationResult result) {
    return result.observations().stream().map(ObservationRow::of).toList();
  }

  static ObservationRow of(Observation o) {
    @Nullable Interval interval = o.interval();
    boolean tested = o.runs() >= 2;
    return new ObservationRow(
        o.name(),
        o.against(),
        o.statistic(),
        o.effect(),
        interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.low()),
        interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.high()),
        tested ? OptionalDouble.of(o.p()) : OptionalDouble.empty(),
        tested ? OptionalDouble.of(o.pHolm()) : OptionalDouble.empty(),
        o.pEquivalence(),
        o.margin(),
        EffectRow.label(o.verdict()),
        o.runsNeeded(),
        o.runs(),
        o.dropped());
  }
}
