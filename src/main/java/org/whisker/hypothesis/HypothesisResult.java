package org.whisker.hypothesis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.stats.Verdict;

/**
 * What the tests of a hypothesis on one model came to, as its tables have it. What is withheld,
 * since its comparison can't bear a verdict, is not among it.
 *
 * @param verdict corrected over the whole report
 * @param effect the effect of the comparison that decides; empty where it has none
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param observations the observations of all its experiments
 * @param effects the effects of arms, of all its experiments
 */
public record HypothesisResult(
    Verdict verdict,
    OptionalDouble effect,
    OptionalDouble low,
    OptionalDouble high,
    List<ObservationRow> observations,
    List<EffectRow> effects) {
  public HypothesisResult {
    observations = List.copyOf(observations);
    effects = List.copyOf(effects);
  }

  /** The observation of that name, if there is one. */
  public Optional<ObservationRow> observation(String name) {
    return observations.stream().filter(row -> row.observed().equals(name)).findFirst();
  }
}
