package org.whisker.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.Observation;
import org.whisker.stats.Holm;

/**
 * From experiments to the verdicts of a report. The p-values of all hypotheses and models are
 * corrected together (Holm); equivalence tests, each of which claims that there is nothing, are
 * held against the same level without correction.
 */
public final class HypothesisTests {
  private final double alpha;
  private final Reasons reasons;

  /** Why an experiment was not done on a model. */
  @FunctionalInterface
  public interface Reasons {
    String of(String experiment, String model);
  }

  /**
   * Decides.
   *
   * @param alpha level of every test
   * @param reasons for what was not done
   */
  public HypothesisTests(double alpha, Reasons reasons) {
    this.alpha = alpha;
    this.reasons = reasons;
  }

  /** Every hypothesis on each of these models, models within hypotheses. */
  public List<HypothesisTest> of(List<AblationResult> results, List<String> models) {
    List<UncorrectedTest> drafts = new ArrayList<>();
    for (DecisiveComparison decisive : DecisiveComparison.all()) {
      for (String model : models) {
        drafts.add(draft(decisive, model, results));
      }
    }
    double[] p = drafts.stream().flatMapToDouble(d -> d.p().stream()).toArray();
    double[] corrected = Holm.adjust(p);
    List<HypothesisTest> tests = new ArrayList<>();
    int next = 0;
    for (UncorrectedTest draft : drafts) {
      tests.add(draft.p().isPresent() ? judged(draft, corrected[next++]) : untested(draft));
    }
    return tests;
  }

  private UncorrectedTest draft(
      DecisiveComparison decisive, String model, List<AblationResult> results) {
    Optional<AblationResult> result =
        results.stream()
            .filter(r -> r.model().equals(model))
            .filter(r -> r.ablation().id().equals(decisive.experiment()))
            .findFirst();
    return result
        .flatMap(r -> effect(decisive, r).or(() -> observation(decisive, r)))
        .orElseGet(() -> UncorrectedTest.untested(decisive, model, result.isPresent()));
  }

  private static Optional<UncorrectedTest> effect(
      DecisiveComparison decisive, AblationResult result) {
    return result.first().stream()
        .filter(e -> decisive.matches(e.contrast().name()))
        .max(Comparator.comparingInt(ArmEffect::seeds))
        .map(e -> UncorrectedTest.of(decisive, result.model(), e));
  }

  private static Optional<UncorrectedTest> observation(
      DecisiveComparison decisive, AblationResult result) {
    List<Observation> fitting =
        result.observations().stream().filter(o -> decisive.matches(o.name())).toList();
    // of two observations of one name, the last is the one against a control
    return (decisive.any()
            ? fitting.stream().min(Comparator.comparingDouble(Observation::pHolm))
            : fitting.stream().reduce((first, last) -> last))
        .map(o -> UncorrectedTest.of(decisive, result.model(), o));
  }

  private HypothesisTest judged(UncorrectedTest d, double corrected) {
    return d.test(corrected, d.predicted().verdict(corrected, d.pEquivalence(), alpha, d.delta()));
  }

  private HypothesisTest untested(UncorrectedTest d) {
    String why =
        d.attempted()
            ? "too few runs ended with black pixels in both arms"
            : reasons.of(d.decisive().experiment(), d.model());
    return HypothesisTest.untested(
        d.decisive().hypothesis(), d.model(), d.decisive().experiment(), why);
  }
}
