package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.whisker.stats.Holm;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Summary;
import org.whisker.stats.Verdict;

/**
 * Whether a condition has an edge bias, decided jointly with the others of the same analysis.
 *
 * @param pHolm the p-value of the bias, corrected for the number of conditions
 * @param verdict on "there is a bias": no effect when TOST shows it within ±{@link
 *     Placement#MARGIN}
 * @param runsNeeded if undecided: the number of runs of this spread that would show a bias as large
 *     as the margin, or its absence, with 80 % power; empty if the spread is not known
 */
public record BiasDecision(double pHolm, Verdict verdict, OptionalLong runsNeeded) {
  static final double ALPHA = 0.05;

  /** For each condition in its order; empty where all runs are white. */
  public static List<Optional<BiasDecision>> of(List<ConditionMaps> conditions) {
    List<Placement> placed =
        conditions.stream().flatMap(condition -> condition.placement().stream()).toList();
    double[] corrected = Holm.adjust(placed.stream().mapToDouble(p -> p.bias().pValue()).toArray());
    List<Optional<BiasDecision>> decisions = new ArrayList<>();
    int next = 0;
    for (ConditionMaps condition : conditions) {
      Optional<Placement> placement = condition.placement();
      decisions.add(
          placement.isEmpty()
              ? Optional.empty()
              : Optional.of(of(placement.get(), corrected[next++])));
    }
    return decisions;
  }

  private static BiasDecision of(Placement placement, double pHolm) {
    Verdict verdict = Verdict.of(pHolm, placement.pEquivalence().orElse(1), ALPHA);
    return new BiasDecision(
        pHolm,
        verdict,
        verdict == Verdict.UNDECIDED ? runsNeeded(placement) : OptionalLong.empty());
  }

  private static OptionalLong runsNeeded(Placement placement) {
    return RunsNeeded.standard().forVerdict(Summary.of(placement.indices()).sd(), Placement.MARGIN);
  }

  /** In words: the kind of bias, a negligible bias, or undecided. */
  public String inWords(EdgeBias bias) {
    return switch (verdict) {
      case SUPPORTED -> bias.edgeIndex() < Placement.NO_BIAS ? "edge bias" : "centre bias";
      case NO_EFFECT -> "no bias";
      default -> "undecided";
    };
  }
}
