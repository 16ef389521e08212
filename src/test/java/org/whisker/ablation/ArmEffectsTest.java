package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Verdict;

class ArmEffectsTest {
  private static final BlackPixels ONE = BlackPixels.of(Canvas.square(4), 5);

  /** NaN is a white image. */
  private static ArmRuns arm(String name, double... indices) {
    List<ArmRun> runs = new ArrayList<>();
    for (int i = 0; i < indices.length; i++) {
      OptionalDouble index =
          Double.isNaN(indices[i]) ? OptionalDouble.empty() : OptionalDouble.of(indices[i]);
      runs.add(
          new ArmRun(
              i,
              "evaluations",
              "",
              Optional.of(
                  new ArmRun.Outcome(
                      ONE,
                      index,
                      OptionalDouble.of(-4),
                      OptionalDouble.of(-4),
                      OptionalDouble.of(0),
                      OptionalLong.of(40),
                      100,
                      9,
                      2,
                      List.of(new ArmRun.Step(40, -4, index, 1))))));
    }
    return new ArmRuns(AblationArm.control(name, name), runs);
  }

  /** An arm whose networks are trained, so many runs of each in a row. */
  private static ArmRuns trained(String name, int runsANetwork, double... indices) {
    AblationArm arm =
        AblationArm.of(name, name, new ModelVariant.Retrained(new TrainingChange.None(), "none"));
    return new ArmRuns(arm, arm(name, indices).runs(), runsANetwork);
  }

  private static List<ArmEffect> effects(List<ArmRuns> arms, ArmContrast... contrasts) {
    return new ArmEffects(arms, name -> SplitMix64.stream(1, name, 0)).of(List.of(contrasts));
  }

  private static ArmContrast edge(String arm, Prediction predicted) {
    return ArmContrast.pair(arm, "c", Measure.EDGE_INDEX, predicted);
  }

  private static ArmEffect first(List<ArmEffect> effects) {
    return effects.stream().filter(ArmEffect::first).findFirst().orElseThrow();
  }

  private static double delta(ArmEffect effect) {
    return Objects.requireNonNull(effect.delta()).value();
  }

  @Test
  void thatNothingDiffersIsRefutedByADifferenceAndSupportedByEquivalence() {
    ArmContrast stays = ArmContrast.chance("c", Prediction.STAYS);
    ArmRuns edge = arm("c", 0.1, 0.2, 0.15, 0.1, 0.2, 0.15, 0.12);
    assertEquals(Verdict.REFUTED, first(effects(List.of(edge), stays)).verdict());
    ArmRuns chance = arm("c", 0.501, 0.499, 0.502, 0.498, 0.5, 0.503, 0.497);
    assertEquals(Verdict.SUPPORTED, first(effects(List.of(chance), stays)).verdict());
    ArmRuns few = arm("c", 0.3, 0.6);
    assertEquals(Verdict.UNDECIDED, first(effects(List.of(few), stays)).verdict());
  }

  @Test
  void thatNothingDiffersIsNotSaidOfFewerRunsThanCouldHaveShownADifference() {
    ArmContrast stays = ArmContrast.chance("c", Prediction.STAYS);
    ArmRuns two = arm("c", 0.5, 0.5);
    ArmEffect effect = first(effects(List.of(two), stays));
    assertEquals(Verdict.UNDECIDED, effect.verdict());
    assertEquals(OptionalDouble.empty(), effect.pEquivalence());
    assertEquals(OptionalLong.of(6), effect.runsNeeded());
    ArmRuns five = arm("c", 0.501, 0.499, 0.502, 0.498, 0.5);
    assertEquals(Verdict.UNDECIDED, first(effects(List.of(five), stays)).verdict());
    ArmRuns six = arm("c", 0.501, 0.499, 0.502, 0.498, 0.5, 0.5);
    assertEquals(Verdict.SUPPORTED, first(effects(List.of(six), stays)).verdict());
  }

  @Test
  void whereNetworksAreTrainedTheNetworkIsTheUnit() {
    double[] control = new double[2 * 50];
    double[] treated = new double[2 * 50];
    for (int run = 0; run < 50; run++) {
      control[run] = 0.1;
      control[50 + run] = 0.2;
      treated[run] = 0.7;
      treated[50 + run] = run < 49 ? Double.NaN : 0.6; // all white but one
    }
    List<ArmRuns> arms = List.of(trained("c", 50, control), trained("t", 50, treated));
    ArmEffect effect = first(effects(arms, edge("t", Prediction.RISES)));
    assertEquals(0.5, delta(effect), 1e-12);
    assertEquals(2, effect.seeds());
    assertEquals(0.5, effect.p(), 1e-12); // however often two networks are run
    assertEquals(0.65, effect.treated().orElseThrow(), 1e-12); // a network counts once
    assertEquals(Verdict.UNDECIDED, effect.verdict());
  }

  @Test
  void aNetworkWithoutAPixelIsDroppedWithItsPartner() {
    double white = Double.NaN;
    List<ArmRuns> arms =
        List.of(
            trained("c", 2, 0.1, 0.3, 0.5, white, 0.2, 0.2),
            trained("t", 2, 0.4, 0.4, white, white, 0.2, 0.4));
    ArmEffect effect = first(effects(arms, edge("t", Prediction.RISES)));
    assertEquals(2, effect.seeds());
    assertEquals(1, effect.dropped());
    assertEquals((0.2 + 0.1) / 2, delta(effect), 1e-12);
  }

  @Test
  void pairsAreComparedSeedBySeed() {
    ArmRuns control = arm("c", 0.1, 0.2, 0.15, 0.1, 0.2, 0.15, 0.12);
    ArmRuns treated = arm("t", 0.4, 0.5, 0.45, 0.4, 0.5, 0.45, 0.42);
    ArmEffect effect = first(effects(List.of(control, treated), edge("t", Prediction.RISES)));
    assertEquals(0.3, delta(effect), 1e-12);
    assertEquals(2 / 128.0, effect.p(), 1e-12); // all seven the same way
    assertEquals(1, effect.a12().orElseThrow());
    assertEquals(Verdict.SUPPORTED, effect.verdict());
    assertEquals(7, effect.seeds());
    double before = 0.5 - 1.02 / 7;
    Estimate removed = Objects.requireNonNull(effect.shareRemoved());
    assertEquals((before - (before - 0.3)) / before, removed.value(), 1e-9);
    Interval share = removed.interval();
    assertTrue(share.low() > 0.75 && share.low() < 0.3 / before, share.toString());
    assertTrue(share.high() < 0.95 && share.high() > 0.3 / before, share.toString());
  }

  /**
   * A surrogate on which half of the bias is left has a share, though no difference is predicted.
   */
  @Test
  void whatMatchesHasAShareOfTheBias() {
    ArmRuns control = arm("c", 0.1, 0.2, 0.15, 0.1, 0.2, 0.15, 0.12);
    ArmRuns half = arm("h", 0.3, 0.35, 0.325, 0.3, 0.35, 0.325, 0.31);
    ArmEffect matches = first(effects(List.of(control, half), edge("h", Prediction.MATCHES)));
    assertEquals(0.5, Objects.requireNonNull(matches.shareRemoved()).value(), 1e-9);
    assertEquals(BiasChange.NONE, matches.biasChange());
    ArmEffect stays = first(effects(List.of(control, half), edge("h", Prediction.STAYS)));
    assertNull(stays.shareRemoved());
  }

  @Test
  void theOtherWayIsTheOppositeAndNoDifferenceNoEffect() {
    ArmRuns control = arm("c", 0.4, 0.5, 0.45, 0.4, 0.5, 0.45, 0.42);
    ArmRuns lower = arm("l", 0.1, 0.2, 0.15, 0.1, 0.2, 0.15, 0.12);
    ArmRuns same = arm("s", 0.41, 0.49, 0.45, 0.4, 0.51, 0.45, 0.42);
    List<ArmEffect> effects =
        effects(
            List.of(control, lower, same),
            edge("l", Prediction.RISES),
            edge("s", Prediction.DIFFERS));
    List<ArmEffect> decisive = effects.stream().filter(ArmEffect::decisive).toList();
    assertEquals(Verdict.OPPOSITE, decisive.get(0).verdict());
    assertEquals(Verdict.NO_EFFECT, decisive.get(1).verdict());
    assertEquals(2 * 2 / 128.0, decisive.get(0).pShaffer(), 1e-12);
  }

  @Test
  void aFewScatteredRunsDecideNothingAndSayHowManyWould() {
    ArmRuns control = arm("c", 0.1, 0.9, 0.5, 0.2);
    ArmRuns treated = arm("t", 0.3, 0.7, 0.9, 0.1);
    ArmEffect effect = first(effects(List.of(control, treated), edge("t", Prediction.RISES)));
    assertEquals(Verdict.UNDECIDED, effect.verdict());
    assertTrue(effect.runsNeeded().orElseThrow() > 20, effect.toString());
  }

  /** Student's interval of two runs is 12.7 standard errors to either side. */
  @Test
  void noIntervalOfADifferenceLeavesWhatIsPossible() {
    ArmRuns control = arm("c", 0.9, 0.8);
    ArmRuns treated = arm("t", 0.1, 0.4);
    ArmEffect effect = first(effects(List.of(control, treated), edge("t", Prediction.FALLS)));
    Interval interval = Objects.requireNonNull(effect.delta()).interval();
    assertTrue(interval.low() >= -1 && interval.high() <= 1, interval.toString());
    assertTrue(interval.contains(delta(effect)));
  }

  @Test
  void whiteImagesAndFailuresAreCounted() {
    ArmRuns control = arm("c", 0.1, Double.NaN, 0.3);
    List<ArmRun> runs = new ArrayList<>(arm("t", 0.2, 0.3, 0.4).runs());
    runs.set(2, ArmRun.failed(2, "broke\ndown"));
    ArmRuns treated = new ArmRuns(AblationArm.control("t", "t"), runs);
    List<ArmEffect> effects = effects(List.of(control, treated), edge("t", Prediction.RISES));
    ArmEffect index = first(effects);
    assertEquals(1, index.seeds());
    assertEquals(2, index.dropped());
    assertNull(index.delta());
    ArmEffect success =
        effects.stream().filter(e -> e.measure() == Measure.SUCCESS).findFirst().orElseThrow();
    assertEquals(3, success.seeds()); // the one that failed did not succeed
    assertEquals(2.0 / 3, success.treated().orElseThrow(), 1e-12);
    ArmEffect evaluations =
        effects.stream().filter(e -> e.measure() == Measure.EVALUATIONS).findFirst().orElseThrow();
    assertEquals(40, evaluations.control().orElseThrow(), 1e-12);
    assertEquals("broke down", runs.get(2).message());
  }

  @Test
  void anInteractionIsWhatBothDoBeyondEach() {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("ab", 1.0);
    weights.put("a", -1.0);
    weights.put("b", -1.0);
    weights.put("c", 1.0);
    ArmContrast interaction =
        new ArmContrast("ab", "interaction", weights, 0, Measure.EDGE_INDEX, Prediction.DIFFERS);
    ArmEffect effect =
        first(
            effects(
                List.of(
                    arm("c", 0.1, 0.2), arm("a", 0.2, 0.3), arm("b", 0.3, 0.4), arm("ab", 0.9, 1)),
                interaction));
    assertEquals(0.5, delta(effect), 1e-12);
    assertTrue(effect.a12().isEmpty());
  }

  @Test
  void againstChanceOnlyTheEdgeIndexCounts() {
    List<ArmEffect> effects =
        effects(List.of(arm("c", 0.2, 0.3)), ArmContrast.chance("c", Prediction.FALLS));
    assertTrue(effects.stream().allMatch(e -> e.measure().isEdgeIndex()));
    assertEquals(-0.25, delta(first(effects)), 1e-12);
    assertEquals(0.5, first(effects).control().orElseThrow());
  }

  /** Runs that pass ½ with one E and reach the target with another; NaN never reaches it. */
  private static ArmRuns climbing(String name, double[] atHalf, double[] last) {
    List<ArmRun> runs = new ArrayList<>();
    for (int i = 0; i < last.length; i++) {
      boolean cat = !Double.isNaN(last[i]);
      List<ArmRun.Step> climb =
          List.of(
              new ArmRun.Step(10, 1, OptionalDouble.of(0.9), 1),
              new ArmRun.Step(20, -0.1, OptionalDouble.of(atHalf[i]), 2),
              new ArmRun.Step(30, cat ? -4 : -0.2, OptionalDouble.of(cat ? last[i] : 0.2), 3));
      OptionalLong toTarget = cat ? OptionalLong.of(30) : OptionalLong.empty();
      ArmRun.Step end = climb.get(2);
      runs.add(
          new ArmRun(
              i,
              "evaluations",
              "",
              Optional.of(
                  new ArmRun.Outcome(
                      ONE,
                      end.edgeIndex(),
                      OptionalDouble.of(end.logit()),
                      OptionalDouble.of(end.logit()),
                      OptionalDouble.of(1),
                      toTarget,
                      40,
                      4,
                      2,
                      climb))));
    }
    return new ArmRuns(AblationArm.control(name, name), runs);
  }

  @Test
  void armsAreComparedAtEqualConfidence() {
    double[] half = {0.1, 0.1, 0.1, 0.1};
    double[] higher = {0.3, 0.32, 0.29, 0.31};
    ArmRuns control = climbing("c", half, new double[] {0.4, 0.4, 0.4, 0.4});
    ArmRuns treated = climbing("t", higher, new double[] {0.5, 0.5, 0.5, 0.5});
    ArmEffect effect = first(effects(List.of(control, treated), edge("t", Prediction.RISES)));
    assertEquals(Measure.EDGE_INDEX_AT_TARGET, effect.measure());
    assertEquals(0.1, delta(effect), 1e-12);
  }

  /** Other readings of E say of the hypothesis what a difference in them says of it. */
  @Test
  void whereNoDifferenceIsPredictedEveryReadingOfTheEdgeIndexRefutesByOne() {
    double[] half = {0.1, 0.11, 0.1, 0.09, 0.1, 0.1, 0.12, 0.1};
    double[] higher = {0.3, 0.32, 0.29, 0.31, 0.3, 0.33, 0.3, 0.31};
    List<ArmEffect> effects =
        effects(
            List.of(climbing("c", half, half), climbing("t", higher, higher)),
            edge("t", Prediction.STAYS));
    assertEquals(
        List.of(Verdict.REFUTED, Verdict.REFUTED, Verdict.REFUTED, Verdict.REFUTED),
        effects.stream().filter(e -> e.measure().isEdgeIndex()).map(ArmEffect::verdict).toList());
    assertTrue(effects.stream().allMatch(e -> e.biasChange() == BiasChange.NONE), "a null is none");
  }

  @Test
  void whereTooFewReachTheTargetAllAreComparedAtHalf() {
    double[] half = {0.1, 0.1, 0.1, 0.1};
    double[] higher = {0.3, 0.32, 0.29, 0.31};
    double white = Double.NaN;
    ArmRuns control = climbing("c", half, new double[] {0.4, 0.4, 0.4, 0.4});
    ArmRuns treated = climbing("t", higher, new double[] {0.5, white, white, white});
    ArmEffect effect = first(effects(List.of(control, treated), edge("t", Prediction.RISES)));
    assertEquals(Measure.EDGE_INDEX_AT_HALF, effect.measure());
    assertEquals(0.205, delta(effect), 1e-12);
  }

  @Test
  void withoutCatsThereIsNoVerdictOnTheirPixelsButTheGainIsTested() {
    ArmRuns control = climbing("c", new double[7], new double[7]);
    List<ArmRun> white = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      white.add(
          new ArmRun(
              i,
              "evaluations",
              "",
              Optional.of(
                  new ArmRun.Outcome(
                      BlackPixels.none(Canvas.square(4)),
                      OptionalDouble.empty(),
                      OptionalDouble.of(1),
                      OptionalDouble.of(1),
                      OptionalDouble.of(1),
                      OptionalLong.empty(),
                      40,
                      4,
                      2,
                      List.of(new ArmRun.Step(10, 1, OptionalDouble.empty(), 0))))));
    }
    ArmRuns treated = new ArmRuns(AblationArm.control("t", "t"), white);
    List<ArmEffect> effects = effects(List.of(control, treated), edge("t", Prediction.RISES));
    assertEquals(Verdict.NOT_ENOUGH_TARGETS, first(effects).verdict());
    ArmEffect gain =
        effects.stream().filter(e -> e.measure() == Measure.GAIN).findFirst().orElseThrow();
    assertEquals(-5, delta(gain), 1e-12);
    assertEquals(7, gain.seeds(), "no run is dropped");
    assertTrue(gain.p() < 0.05);
  }

  @Test
  void whatAnInterventionDoesToTheBiasIsToldApartFromTheVerdict() {
    ArmRuns biased = arm("c", 0.1, 0.2, 0.15, 0.1, 0.2, 0.15, 0.12);
    ArmRuns even = arm("t", 0.51, 0.49, 0.5, 0.52, 0.48, 0.5, 0.5);
    ArmEffect removes = first(effects(List.of(biased, even), edge("t", Prediction.FALLS)));
    assertEquals(Verdict.OPPOSITE, removes.verdict());
    assertEquals(BiasChange.REMOVES, removes.biasChange());
    ArmRuns none = arm("c", 0.51, 0.49, 0.5, 0.52, 0.48, 0.5, 0.5);
    ArmRuns treated = arm("t", 0.1, 0.2, 0.15, 0.1, 0.2, 0.15, 0.12);
    ArmEffect creates = first(effects(List.of(none, treated), edge("t", Prediction.RISES)));
    assertEquals(BiasChange.CREATES, creates.biasChange());
  }
}
