package org.whisker.explain;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.BiasChange;
import org.whisker.ablation.Decision;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.option.Records;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Shaffer;
import org.whisker.stats.Verdict;

/**
 * A hypothesis test before the correction.
 *
 * @param attempted whether the experiment was done, possibly with too few runs
 * @param shareRemoved the share that is removed of the bias, where a part of the network was
 *     changed
 * @param gain null where nothing was intervened on
 * @param flat whether no run asks a network
 * @param reason {@link Finding#FINE_TUNED} or empty text
 */
record UncorrectedTest(
    Hypothesis hypothesis,
    String model,
    boolean attempted,
    Comparison comparison,
    Seen seen,
    OptionalDouble shareRemoved,
    BiasChange biasChange,
    Optional<CatCounts> cats,
    @Nullable GainTest gain,
    boolean flat,
    String reason) {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  /**
   * What is compared.
   *
   * @param label names both sides
   * @param nothing null value of the statistic
   * @param margin below which an effect is none
   */
  record Comparison(
      String label, String statistic, Prediction predicted, double nothing, OptionalDouble margin) {
    private static final Comparison NOTHING =
        new Comparison("", "", Prediction.NOTHING, 0, OptionalDouble.empty());
  }

  /**
   * What the units show.
   *
   * @param delta effect minus the null value; empty when fewer than two units have a value
   * @param interval the interval of {@code delta}
   * @param p empty when there is nothing to test
   * @param sd the standard deviation of the units' values less what they are compared with; empty
   *     where they have none
   */
  record Seen(
      OptionalDouble delta,
      @Nullable Interval interval,
      OptionalDouble p,
      OptionalDouble pEquivalence,
      OptionalDouble sd,
      int runs) {
    private static Seen nothing(OptionalDouble sd, int runs) {
      return new Seen(NONE, null, NONE, NONE, sd, runs);
    }
  }

  static UncorrectedTest untested(Hypothesis hypothesis, String model, boolean attempted) {
    return new UncorrectedTest(
        hypothesis,
        model,
        attempted,
        Comparison.NOTHING,
        Seen.nothing(NONE, 0),
        NONE,
        BiasChange.NONE,
        Optional.empty(),
        null,
        false,
        "");
  }

  /** The test of a comparison of arms; for an arm against chance, the statistic is E itself. */
  static UncorrectedTest of(Hypothesis hypothesis, AblationResult result, ArmEffect e) {
    ArmContrast contrast = e.contrast();
    return new UncorrectedTest(
        hypothesis,
        result.model(),
        true,
        new Comparison(
            contrast.label(),
            e.measure().label(),
            contrast.predicted(),
            contrast.isAgainstChance() ? contrast.reference() : 0,
            e.measure().margin()),
        seen(e),
        shareRemoved(e),
        e.biasChange(),
        cats(result, e),
        gain(result, e),
        isFlat(result, e),
        result.isFineTuned() ? Finding.FINE_TUNED : "");
  }

  private static OptionalDouble shareRemoved(ArmEffect e) {
    Estimate share = e.shareRemoved();
    return share == null || e.contrast().predicted() == Prediction.MATCHES
        ? OptionalDouble.empty()
        : OptionalDouble.of(share.value());
  }

  private static Seen seen(ArmEffect e) {
    Estimate delta = e.delta();
    return delta == null
        ? Seen.nothing(e.sd(), e.seeds())
        : new Seen(
            OptionalDouble.of(delta.value()),
            delta.interval(),
            OptionalDouble.of(e.p()),
            e.pEquivalence(),
            e.sd(),
            e.seeds());
  }

  private static boolean isFlat(AblationResult result, ArmEffect e) {
    return e.contrast().weights().keySet().stream()
        .flatMap(name -> result.arm(name).stream())
        .allMatch(runs -> runs.arm().isFlat());
  }

  /**
   * Counts the runs that became cats, where E is compared; empty where an arm asks no network, as
   * it has no p(target).
   */
  private static Optional<CatCounts> cats(AblationResult result, ArmEffect e) {
    ArmRuns first = arm(result, e, 0);
    Optional<ArmRuns> second =
        e.contrast().isPair() ? Optional.of(arm(result, e, 1)) : Optional.empty();
    boolean flat = first.arm().isFlat() || second.stream().anyMatch(runs -> runs.arm().isFlat());
    if (flat || !e.measure().isEdgeIndex()) {
      return Optional.empty();
    }
    return Optional.of(
        second.isPresent()
            ? CatCounts.of(second.get(), Optional.of(first), result.target())
            : CatCounts.of(first, Optional.empty(), result.target()));
  }

  private static @Nullable GainTest gain(AblationResult result, ArmEffect e) {
    return e.contrast().isPair()
        ? result.effects().stream()
            .filter(g -> g.contrast().equals(e.contrast()) && g.measure() == Measure.GAIN)
            .findFirst()
            .map(g -> GainTest.of(g, arm(result, e, 1), arm(result, e, 0)))
            .orElse(null)
        : null;
  }

  private static ArmRuns arm(AblationResult result, ArmEffect e, int place) {
    String name = e.contrast().weights().keySet().stream().skip(place).findFirst().orElseThrow();
    return result.arm(name).orElseThrow();
  }

  /** The test of an observation; if any of several counts, its p is corrected for the others. */
  static UncorrectedTest of(Hypothesis hypothesis, AblationResult result, Observation o) {
    Optional<CatCounts> cats = catsOf(result);
    if (o.verdict() == null) {
      UncorrectedTest untested = untested(hypothesis, result.model(), true);
      return cats.map(CatCounts::enough).orElse(true) ? untested : untested.ofCats(cats);
    }
    return new UncorrectedTest(
        hypothesis,
        result.model(),
        true,
        new Comparison(
            o.name() + ArmContrast.MINUS + o.against(),
            o.statistic(),
            o.predicted(),
            0,
            o.margin()),
        new Seen(
            OptionalDouble.of(o.effect()),
            o.interval(),
            OptionalDouble.of(hypothesis.decisive().isClearest() ? o.pShaffer() : o.p()),
            o.margin().isPresent() ? o.pEquivalence() : NONE,
            o.sd(),
            o.runs()),
        NONE,
        BiasChange.NONE,
        cats.filter(counts -> !counts.enough()), // they look at final images, not at a level's
        null,
        false,
        "");
  }

  /**
   * Counts the control's runs that became cats; empty where no observer of the ablation needs cats.
   */
  private static Optional<CatCounts> catsOf(AblationResult result) {
    return result.ablation().observers().stream().noneMatch(Observer::needsCats)
        ? Optional.empty()
        : Optional.of(CatCounts.of(result.arms().get(0), Optional.empty(), result.target()));
  }

  /** Returns this test as one of too few cats, of which nothing else is known. */
  private UncorrectedTest ofCats(Optional<CatCounts> counted) {
    return Records.changed(this, UncorrectedTest::cats).to(counted);
  }

  /** Whether its runs ask no network, so that all models of one size share them. */
  boolean isShared() {
    return flat;
  }

  /** Whether at least half of the runs became cats, where that is asked. */
  boolean enoughCats() {
    return cats.map(CatCounts::enough).orElse(true);
  }

  /** Whether a verdict on the effect can be given, so that its p is among those corrected. */
  boolean isTestable() {
    return seen.p().isPresent() && enoughCats();
  }

  /**
   * Decided at corrected p.
   *
   * @param family how many tests are corrected together, at whose level runs needed are counted
   */
  Finding test(
      Shaffer.Tests corrected, int family, Optional<GainTest> correctedGain, double alpha) {
    Decision decision =
        Decision.of(
            comparison.predicted(),
            corrected,
            family,
            alpha,
            new Decision.Sample(
                seen.runs(), seen.delta().orElse(0), seen.sd(), comparison.margin()));
    return test(
        OptionalDouble.of(corrected.difference()),
        corrected.equivalence(),
        decision.verdict(),
        corrected.difference() <= alpha ? biasChange : BiasChange.NONE,
        decision.runsNeeded(),
        correctedGain);
  }

  /** What was seen, where too few runs became cats. */
  Finding withoutCats(Optional<GainTest> correctedGain) {
    return test(
        NONE,
        NONE,
        Verdict.NOT_ENOUGH_TARGETS,
        BiasChange.NONE,
        OptionalLong.empty(),
        correctedGain);
  }

  private Finding test(
      OptionalDouble pDifference,
      OptionalDouble pEquivalent,
      Verdict verdict,
      BiasChange change,
      OptionalLong needed,
      Optional<GainTest> correctedGain) {
    double nothing = comparison.nothing();
    OptionalDouble delta = seen.delta();
    Interval interval = seen.interval();
    return new Finding(
        hypothesis.id(),
        model,
        hypothesis.experiment().id(),
        comparison.label(),
        comparison.statistic(),
        OptionalDouble.of(nothing),
        new Finding.Estimated(
            delta.isPresent() ? OptionalDouble.of(nothing + delta.getAsDouble()) : NONE,
            interval == null ? NONE : OptionalDouble.of(nothing + interval.low()),
            interval == null ? NONE : OptionalDouble.of(nothing + interval.high())),
        new Finding.PValues(seen.p(), pDifference, seen.pEquivalence(), pEquivalent),
        comparison.margin(),
        verdict,
        shareRemoved,
        change,
        OptionalInt.of(seen.runs()),
        needed,
        cats.orElse(null),
        correctedGain.orElse(null),
        reason);
  }
}
