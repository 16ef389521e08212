package org.whisker.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.Observation;
import org.whisker.stats.Holm;
import org.whisker.stats.Shaffer;

/**
 * From experiments to the verdicts of a report. The p-values of all hypotheses and models are
 * corrected together, those of equivalence tests among them ({@link Shaffer}): of a hypothesis
 * either the effect is 0, or it lies outside the margin, or neither, so at most one of its two null
 * hypotheses is true. The tests of gain are a second family, corrected by Holm's method. What too
 * few cats leave undecided is in neither.
 */
public final class HypothesisTests {
  private final double alpha;
  private final Reasons reasons;

  /** Gives the reason why an experiment was not done on a model. */
  @FunctionalInterface
  public interface Reasons {
    String of(String experiment, String model);
  }

  /**
   * Creates the tests.
   *
   * @param alpha level of every test
   * @param reasons for experiments that were not done
   */
  public HypothesisTests(double alpha, Reasons reasons) {
    this.alpha = alpha;
    this.reasons = reasons;
  }

  /** The tests of every hypothesis on each of these models, by hypothesis, then by model. */
  public List<HypothesisTest> of(List<AblationResult> results, List<String> models) {
    List<UncorrectedTest> drafts = new ArrayList<>();
    for (DecisiveComparison decisive : DecisiveComparison.all()) {
      for (String model : models) {
        drafts.add(draft(decisive, model, results));
      }
    }
    List<Shaffer.Tests> family =
        drafts.stream()
            .filter(UncorrectedTest::isTestable)
            .map(d -> new Shaffer.Tests(d.p().orElseThrow(), d.pEquivalence()))
            .toList();
    Iterator<Shaffer.Tests> corrected = Shaffer.adjust(family).iterator();
    Iterator<Optional<GainTest>> gains = gains(drafts).iterator();
    return drafts.stream()
        .map(d -> judged(d, corrected, family.size(), gains.next(), results))
        .toList();
  }

  /** One a draft, corrected for each other. */
  private static List<Optional<GainTest>> gains(List<UncorrectedTest> drafts) {
    double[] p =
        drafts.stream()
            .flatMap(d -> Stream.ofNullable(d.gain()))
            .mapToDouble(GainTest::p)
            .toArray();
    PrimitiveIterator.OfDouble corrected = DoubleStream.of(Holm.adjust(p)).iterator();
    return drafts.stream()
        .map(d -> Optional.ofNullable(d.gain()).map(g -> g.corrected(corrected.nextDouble())))
        .toList();
  }

  private UncorrectedTest draft(
      DecisiveComparison decisive, String model, List<AblationResult> results) {
    Optional<AblationResult> result = result(decisive, model, results);
    return result
        .filter(r -> r.withheld(decisive::matches).isEmpty())
        .flatMap(r -> effect(decisive, r).or(() -> observation(decisive, r)))
        .orElseGet(() -> UncorrectedTest.untested(decisive, model, result.isPresent()));
  }

  private static Optional<AblationResult> result(
      DecisiveComparison decisive, String model, List<AblationResult> results) {
    return results.stream()
        .filter(r -> r.model().equals(model))
        .filter(r -> r.ablation().id().equals(decisive.experiment()))
        .findFirst();
  }

  private static Optional<UncorrectedTest> effect(
      DecisiveComparison decisive, AblationResult result) {
    return result.first().stream()
        .filter(e -> !e.contrast().isDescriptive() && matches(decisive, e.contrast()))
        .max(Comparator.comparingInt(ArmEffect::seeds))
        .map(e -> UncorrectedTest.of(decisive, result, e));
  }

  private static boolean matches(DecisiveComparison decisive, ArmContrast contrast) {
    return decisive.matches(contrast.name()) || decisive.matches(contrast.label());
  }

  private static Optional<UncorrectedTest> observation(
      DecisiveComparison decisive, AblationResult result) {
    List<Observation> fitting =
        result.observations().stream().filter(o -> decisive.matches(o.name())).toList();
    // of two observations of one name, the last one is against a control
    return (decisive.any()
            ? fitting.stream().min(Comparator.comparingDouble(Observation::pHolm))
            : fitting.stream().reduce((first, last) -> last))
        .map(o -> UncorrectedTest.of(decisive, result, o));
  }

  private HypothesisTest judged(
      UncorrectedTest d,
      Iterator<Shaffer.Tests> corrected,
      int family,
      Optional<GainTest> gain,
      List<AblationResult> results) {
    if (d.isTestable()) {
      return d.test(corrected.next(), family, gain, alpha);
    }
    return d.attempted() && !d.enoughCats() ? d.withoutCats(gain) : untested(d, results);
  }

  private HypothesisTest untested(UncorrectedTest d, List<AblationResult> results) {
    Optional<String> withheld =
        result(d.decisive(), d.model(), results).flatMap(r -> r.withheld(d.decisive()::matches));
    String why =
        d.attempted()
            ? withheld.orElse("too few pairs of runs have a value in both arms")
            : reasons.of(d.decisive().experiment(), d.model());
    return HypothesisTest.untested(
        d.decisive().hypothesis(), d.model(), d.decisive().experiment(), why);
  }
}
