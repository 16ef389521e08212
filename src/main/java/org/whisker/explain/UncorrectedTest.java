package org.whisker.explain;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.Observation;
import org.whisker.stats.Estimate;
import org.whisker.stats.Interval;
import org.whisker.stats.Verdict;

/**
 * A hypothesis before its p is corrected.
 *
 * @param attempted whether the experiment was done, though perhaps with too few runs
 * @param nothing value of the statistic without an effect
 * @param delta the effect less that value
 * @param interval of {@code delta}
 * @param p empty when untested
 */
record UncorrectedTest(
    DecisiveComparison decisive,
    String model,
    boolean attempted,
    String comparison,
    String statistic,
    Prediction predicted,
    double nothing,
    double delta,
    @Nullable Interval interval,
    OptionalDouble p,
    OptionalDouble pEquivalence,
    OptionalDouble margin,
    OptionalDouble shareRemoved,
    int runs,
    OptionalLong runsNeeded) {
  static UncorrectedTest untested(DecisiveComparison decisive, String model, boolean attempted) {
    return new UncorrectedTest(
        decisive,
        model,
        attempted,
        "",
        "",
        Prediction.NOTHING,
        0,
        0,
        null,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0,
        OptionalLong.empty());
  }

  /** Of a comparison of arms; of one arm against chance, the statistic is E itself. */
  static UncorrectedTest of(DecisiveComparison decisive, String model, ArmEffect e) {
    Estimate delta = e.delta();
    if (delta == null) {
      return untested(decisive, model, true);
    }
    return new UncorrectedTest(
        decisive,
        model,
        true,
        e.contrast().label(),
        e.measure().label(),
        e.contrast().predicted(),
        e.contrast().isAgainstChance() ? e.contrast().reference() : 0,
        delta.value(),
        delta.interval(),
        OptionalDouble.of(e.p()),
        e.pEquivalence(),
        e.measure().margin(),
        e.shareRemoved(),
        e.seeds(),
        e.runsNeeded());
  }

  /** Of an observation; where any of several counts, its p is corrected for the others. */
  static UncorrectedTest of(DecisiveComparison decisive, String model, Observation o) {
    if (o.verdict() == null) {
      return untested(decisive, model, true);
    }
    return new UncorrectedTest(
        decisive,
        model,
        true,
        o.name() + " − " + o.against(),
        o.statistic(),
        o.predicted(),
        0,
        o.effect(),
        o.interval(),
        OptionalDouble.of(decisive.any() ? o.pHolm() : o.p()),
        o.margin().isPresent() ? o.pEquivalence() : OptionalDouble.empty(),
        o.margin(),
        OptionalDouble.empty(),
        o.runs(),
        o.runsNeeded());
  }

  HypothesisTest test(double corrected, Verdict verdict) {
    return new HypothesisTest(
        decisive.hypothesis(),
        model,
        decisive.experiment(),
        comparison,
        statistic,
        nothing,
        OptionalDouble.of(nothing + delta),
        interval == null ? OptionalDouble.empty() : OptionalDouble.of(nothing + interval.low()),
        interval == null ? OptionalDouble.empty() : OptionalDouble.of(nothing + interval.high()),
        p,
        OptionalDouble.of(corrected),
        pEquivalence,
        margin,
        Optional.of(verdict),
        shareRemoved,
        runs,
        verdict == Verdict.UNDECIDED ? runsNeeded : OptionalLong.empty(),
        "");
  }
}
