package org.whisker.ablation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.stats.Estimate;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Summary;
import org.whisker.stats.Verdict;

/**
 * What an effect says of its hypothesis: refuted when the effect is shown to be smaller than what
 * matters, or to go the other way; supported when it goes the way that was predicted; else
 * undecided.
 *
 * @param verdict null where the measure has no margin, or nothing was predicted
 */
record ArmVerdict(@Nullable Verdict verdict) {
  static ArmVerdict of(
      ArmContrast contrast,
      Measure measure,
      @Nullable Estimate delta,
      double pHolm,
      OptionalDouble pEquivalence) {
    if (measure.margin().isEmpty() || contrast.isDescriptive()) {
      return new ArmVerdict(null);
    }
    Verdict shown = Verdict.of(pHolm, pEquivalence.orElse(1), ArmEffects.ALPHA);
    return new ArmVerdict(
        delta != null && measure == contrast.measure()
            ? contrast.predicted().verdict(shown, delta.value())
            : shown);
  }

  /**
   * Runs of this spread that would show an effect as large as the margin, or that there is none.
   */
  OptionalLong runsNeeded(Measure measure, List<Double> differences) {
    OptionalDouble sd =
        Summary.of(differences.stream().mapToDouble(Double::doubleValue).toArray()).sd();
    if (verdict != Verdict.UNDECIDED || sd.isEmpty() || sd.getAsDouble() == 0) {
      return OptionalLong.empty();
    }
    double margin = measure.margin().orElseThrow();
    RunsNeeded needed = RunsNeeded.standard();
    long runs =
        Math.max(
            needed.forEffect(sd.getAsDouble(), margin),
            needed.forEquivalence(sd.getAsDouble(), margin));
    // as many as there are were not enough: the effect lies near the margin
    return OptionalLong.of(runs > differences.size() ? runs : 2L * differences.size());
  }
}
