package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblationResult;
import org.whisker.hypothesis.Decisive;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.stats.Holm;
import org.whisker.stats.Shaffer;

/**
 * Turns experiments into the verdicts of a report. The p-values of all hypotheses and models are
 * corrected together, those of equivalence tests among them ({@link Shaffer}): of a hypothesis
 * either the effect is 0, or it lies outside the margin, or neither, so at most one of its two null
 * hypotheses is true. The tests of gain are a second family, corrected by Holm's method. What too
 * few cats leave undecided is in neither.
 */
public final class HypothesisTests {
  private final double alpha;
  private final BinaryOperator<String> reasons;

  /**
   * Creates the tests.
   *
   * @param alpha level of every test
   * @param reasons why an experiment was not done on a model, by the names of both
   */
  public HypothesisTests(double alpha, BinaryOperator<String> reasons) {
    this.alpha = alpha;
    this.reasons = reasons;
  }

  /** The tests of every hypothesis on each of these models, by hypothesis, then by model. */
  public List<Finding> of(List<AblationResult> results, List<String> models) {
    List<UncorrectedTest> drafts = new ArrayList<>();
    for (Hypothesis hypothesis : Hypotheses.all()) {
      for (String model : models) {
        drafts.add(draft(hypothesis, model, results));
      }
    }
    int[] places = places(drafts);
    List<Shaffer.Tests> corrected =
        Shaffer.adjust(
            IntStream.range(0, places.length)
                .filter(i -> isFirst(places, i))
                .mapToObj(drafts::get)
                .map(d -> new Shaffer.Tests(d.seen().p().orElseThrow(), d.seen().pEquivalence()))
                .toList());
    List<Optional<GainTest>> gains = gains(drafts);
    return IntStream.range(0, places.length)
        .mapToObj(
            i ->
                judged(
                    drafts.get(i),
                    places[i] < 0 ? Optional.empty() : Optional.of(corrected.get(places[i])),
                    corrected.size(),
                    gains.get(i),
                    results))
        .toList();
  }

  /**
   * The place of each test in the family that is corrected together; −1 for one that can't be
   * tested. What models share because it asks none of them has one place.
   */
  private static int[] places(List<UncorrectedTest> drafts) {
    int[] places = new int[drafts.size()];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      UncorrectedTest draft = drafts.get(i);
      int same =
          IntStream.range(0, i).filter(j -> isSame(drafts.get(j), draft)).findFirst().orElse(-1);
      places[i] = !draft.isTestable() ? -1 : same >= 0 ? places[same] : count++;
    }
    return places;
  }

  private static boolean isFirst(int[] places, int i) {
    return places[i] >= 0 && IntStream.range(0, i).noneMatch(j -> places[j] == places[i]);
  }

  private static boolean isSame(UncorrectedTest a, UncorrectedTest b) {
    return a.isShared()
        && b.isShared()
        && a.hypothesis().id().equals(b.hypothesis().id())
        && a.seen().delta().equals(b.seen().delta())
        && a.seen().runs() == b.seen().runs();
  }

  /** Corrects the tests of gain for each other; one result a draft, empty where it has none. */
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

  private static UncorrectedTest draft(
      Hypothesis hypothesis, String model, List<AblationResult> results) {
    Optional<AblationResult> result = result(hypothesis, model, results);
    return result
        .filter(r -> hypothesis.decisive().withheld(r).isEmpty())
        .flatMap(r -> seen(hypothesis, r))
        .orElseGet(() -> UncorrectedTest.untested(hypothesis, model, result.isPresent()));
  }

  private static Optional<UncorrectedTest> seen(Hypothesis hypothesis, AblationResult result) {
    Decisive decisive = hypothesis.decisive();
    return decisive
        .effect(result)
        .map(e -> UncorrectedTest.of(hypothesis, result, e))
        .or(() -> decisive.observation(result).map(o -> UncorrectedTest.of(hypothesis, result, o)));
  }

  private static Optional<AblationResult> result(
      Hypothesis hypothesis, String model, List<AblationResult> results) {
    return results.stream()
        .filter(r -> r.model().equals(model))
        .filter(r -> r.ablation().id().equals(hypothesis.experiment().id()))
        .findFirst();
  }

  private Finding judged(
      UncorrectedTest d,
      Optional<Shaffer.Tests> corrected,
      int family,
      Optional<GainTest> gain,
      List<AblationResult> results) {
    if (d.isTestable()) {
      return d.test(corrected.orElseThrow(), family, gain, alpha);
    }
    return d.attempted() && !d.enoughCats() ? d.withoutCats(gain) : untested(d, results);
  }

  private Finding untested(UncorrectedTest d, List<AblationResult> results) {
    Hypothesis hypothesis = d.hypothesis();
    Optional<String> withheld =
        result(hypothesis, d.model(), results).flatMap(hypothesis.decisive()::withheld);
    String why =
        d.attempted()
            ? withheld.orElse("too few pairs of runs have a value in both arms")
            : reasons.apply(hypothesis.experiment().id(), d.model());
    return Finding.untested(hypothesis.id(), d.model(), hypothesis.experiment().id(), why);
  }
}
