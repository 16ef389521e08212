package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.whisker.stats.Holm;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.Verdict;

/**
 * Whether a condition has an edge bias, decided jointly with the others of the same analysis.
 *
 * @param pHolm the p-value of the bias, corrected for the number of conditions
 * @param verdict on "there is a bias": no effect when TOST shows it within ±{@link
 *     Placement#MARGIN}
 * @param runsNeeded if undecided: the number of runs that would show the bias seen, or that it is
 *     within the margin, whichever takes fewer, at the corrected level with 80 % power; empty if
 *     neither would, or the spread is not known
 * @param tooFew if undecided: whether all runs lie on the same side of ½, so that only more of them
 *     can have a smaller p
 */
public record BiasDecision(double pHolm, Verdict verdict, OptionalLong runsNeeded, boolean tooFew) {
  public static final double ALPHA = 0.05;

  /** The decision about each condition in its order; empty where all runs are white. */
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
              : Optional.of(of(placement.get(), corrected[next++], placed.size())));
    }
    return decisions;
  }

  private static BiasDecision of(Placement placement, double pHolm, int family) {
    Verdict verdict = Verdict.of(pHolm, placement.pEquivalence().orElse(1), ALPHA);
    boolean undecided = verdict == Verdict.UNDECIDED;
    double[] runs = placement.indices();
    return new BiasDecision(
        pHolm,
        verdict,
        undecided ? runsNeeded(Summary.of(runs), family) : OptionalLong.empty(),
        undecided && SignFlipTest.isSmallest(placement.bias().pValue(), runs.length));
  }

  private static OptionalLong runsNeeded(Summary seen, int family) {
    return RunsNeeded.corrected(family)
        .toDecide(seen.sd(), seen.mean() - Placement.NO_BIAS, Placement.MARGIN);
  }

  /** The decision in words: the kind of bias, a negligible bias, or undecided. */
  public String inWords(EdgeBias bias) {
    return switch (verdict) {
      case SUPPORTED -> bias.edgeIndex() < Placement.NO_BIAS ? "edge bias" : "centre bias";
      case NO_EFFECT -> "no bias";
      default -> "undecided";
    };
  }
}
