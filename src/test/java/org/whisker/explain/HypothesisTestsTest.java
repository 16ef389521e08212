package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.hypothesis.Budget;
import org.whisker.hypothesis.Experiments;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.image.Canvas;
import org.whisker.stats.Shaffer;
import org.whisker.stats.Verdict;

class HypothesisTestsTest {
  private static final HypothesisTests TESTS =
      new HypothesisTests(0.05, (experiment, model) -> experiment + " was left out");

  private static Finding of(List<Finding> tests, String hypothesis) {
    return tests.stream().filter(t -> t.hypothesis().equals(hypothesis)).findFirst().orElseThrow();
  }

  private static List<Finding> planted(
      PlantedClassifier own, PlantedClassifier swapped, String... experiments) {
    var model = new PlantedExperiments.Model("planted", own, swapped);
    return TESTS.of(PlantedExperiments.run(model, experiments), List.of("planted"));
  }

  @Test
  void aPlantedEdgePreferenceRefutesThatItIsGeometry() {
    List<Finding> tests =
        planted(PlantedClassifier.edge(), PlantedClassifier.edge(), "geometry", "operators");
    Finding geometry = of(tests, "geometry");
    assertEquals(Optional.of(Verdict.REFUTED), geometry.verdict());
    assertTrue(geometry.effect().orElseThrow() < -0.1, geometry.toString());
    assertEquals(0, geometry.nothing());
    assertTrue(geometry.high().orElseThrow() < 0);
    assertEquals("evolved - rolled", geometry.comparison());
    Finding operators = of(tests, "operators");
    assertNotEquals(Optional.of(Verdict.SUPPORTED), operators.verdict());
    assertEquals(0.5, operators.effect().orElseThrow(), 0.1);
  }

  @Test
  void whatTurnsWithThePaddingIsPutDownToIt() {
    Finding padding =
        of(
            planted(PlantedClassifier.edge(), PlantedClassifier.centre(), "geometry", "padding"),
            "padding");
    assertEquals(Optional.of(Verdict.SUPPORTED), padding.verdict());
    assertTrue(padding.effect().orElseThrow() > 0.2, padding.toString());
    assertEquals(0, padding.nothing());
    assertTrue(padding.shareRemoved().isPresent());
  }

  @Test
  void aSwapThatChangesNothingIsShownToBeNone() {
    Finding padding =
        of(
            planted(PlantedClassifier.edge(), PlantedClassifier.edge(), "geometry", "padding"),
            "padding");
    assertEquals(Optional.of(Verdict.NO_EFFECT), padding.verdict());
    assertTrue(padding.pEquivalenceCorrected().orElseThrow() <= 0.05);
  }

  @Test
  void effectsAtShuffledPlacesAreNoBias() {
    // of few places those that help may by chance lie nearer the edge, which then is a bias
    List<PlantedClassifier> shuffled =
        LongStream.iterate(1, seed -> seed + 1)
            .mapToObj(PlantedClassifier::shuffled)
            .filter(planted -> Math.abs(planted.edgeIndex() - 0.5) < 0.005)
            .limit(6)
            .toList();
    List<Finding> refuted =
        shuffled.stream()
            .map(planted -> of(planted(planted, planted, "geometry"), "geometry"))
            .filter(geometry -> geometry.verdict().equals(Optional.of(Verdict.REFUTED)))
            .toList();
    assertTrue(refuted.size() <= 1, "at 0.05 each: " + refuted);
  }

  @Test
  void whereAllRunsEndWhiteNothingIsDecided() {
    Finding geometry =
        of(planted(PlantedClassifier.white(), PlantedClassifier.white(), "geometry"), "geometry");
    assertEquals(Optional.of(Verdict.NOT_ENOUGH_TARGETS), geometry.verdict());
    assertEquals(0, geometry.cats().orElseThrow().control());
    assertTrue(geometry.pCorrected().isEmpty());
  }

  /** All that one black pixel does here is a matter of its distance from the border. */
  @Test
  void whetherTheSinglePixelCostByRingPredictsTheEdgeIsDecided() {
    Finding landscape =
        of(planted(PlantedClassifier.edge(), PlantedClassifier.edge(), "landscape"), "landscape");
    assertEquals(Optional.of(Verdict.SUPPORTED), landscape.verdict());
    assertEquals(VerdictAnswer.PRESENT, landscape.answer());
  }

  @Test
  void everyHypothesisHasARowAndAReasonWhereItIsUntested() {
    List<Finding> tests = planted(PlantedClassifier.edge(), PlantedClassifier.edge(), "geometry");
    assertEquals(Hypotheses.ids(), tests.stream().map(Finding::hypothesis).toList());
    assertEquals(Hypotheses.all().size(), tests.size());
    assertEquals("head was left out", of(tests, "head").reason());
    assertEquals(1, tests.stream().filter(t -> t.verdict().isPresent()).count());
  }

  @Test
  void theCorrectionIsOverAllHypothesesAndModels() {
    var first =
        new PlantedExperiments.Model("first", PlantedClassifier.edge(), PlantedClassifier.centre());
    var second =
        new PlantedExperiments.Model(
            "second", PlantedClassifier.edge(), PlantedClassifier.centre());
    List<AblationResult> results = new ArrayList<>(PlantedExperiments.run(first, "geometry"));
    Finding alone = of(TESTS.of(results, List.of("first")), "geometry");
    results.addAll(PlantedExperiments.run(first, "padding"));
    results.addAll(PlantedExperiments.run(second, "geometry", "padding"));
    List<Finding> all = TESTS.of(results, List.of("first", "second"));
    assertEquals(alone.p(), of(all, "geometry").p());
    assertEquals(alone.p().orElseThrow(), alone.pCorrected().orElseThrow());
    double[] p = all.stream().flatMapToDouble(t -> t.p().stream()).toArray();
    assertEquals(4, p.length);
    double[] corrected = all.stream().flatMapToDouble(t -> t.pCorrected().stream()).toArray();
    double[] expected =
        Shaffer.adjust(
                all.stream()
                    .filter(t -> t.p().isPresent())
                    .map(t -> new Shaffer.Tests(t.p().getAsDouble(), t.pEquivalence()))
                    .toList())
            .stream()
            .mapToDouble(Shaffer.Tests::difference)
            .toArray();
    assertArrayEquals(expected, corrected, 1e-12);
  }

  @Test
  void ofSeveralHalvesTheClearestCountsCorrectedForTheOthers() {
    var model =
        new PlantedExperiments.Model(
            "planted", PlantedClassifier.random(1), PlantedClassifier.random(1));
    List<AblationResult> results = PlantedExperiments.run(model, "sides");
    Finding test = of(TESTS.of(results, List.of("planted")), "sides");
    double least =
        results.get(0).observations().stream().mapToDouble(o -> o.pShaffer()).min().orElseThrow();
    assertEquals(least, test.p().orElseThrow());
    assertTrue(test.comparison().contains("half"), test.comparison());
    assertEquals(
        results.get(0).observations().stream()
            .mapToDouble(o -> o.pEquivalence().orElseThrow())
            .max()
            .orElseThrow(),
        test.pEquivalence().orElseThrow(),
        "there is none only if there is none of either");
  }

  @Test
  void theQuickBudgetHoldsWhatDecidesItsHypotheses() {
    Set<String> tested =
        Experiments.in(Budget.QUICK).stream().map(Ablation::id).collect(Collectors.toSet());
    var model =
        new PlantedExperiments.Model(
            "planted", PlantedClassifier.edge(), PlantedClassifier.centre());
    for (Hypothesis each : Hypotheses.all()) {
      if (tested.contains(each.experiment().id())
          && Set.of("padding", "operators", "safe-harbour").contains(each.experiment().id())) {
        Ablation ablation =
            Experiments.in(Budget.QUICK).stream()
                .filter(a -> a.id().equals(each.experiment().id()))
                .findFirst()
                .orElseThrow();
        assertTrue(isThere(each, ablation, PlantedExperiments.setting(model)), each.id());
      }
    }
    assertEquals(11, tested.size());
    assertTrue(Experiments.in(Budget.STANDARD).stream().noneMatch(a -> a.id().equals("head")));
  }

  @Test
  void whatDecidesIsThereOnACanvasOfAnySize() {
    Set<String> compared = Set.of("search", "padding", "safe-harbour", "background");
    List<Hypothesis> all =
        Hypotheses.all().stream().filter(h -> compared.contains(h.experiment().id())).toList();
    assertEquals(compared.size(), all.size());
    for (int side : new int[] {32, 128, 224, 299}) {
      var setting =
          new AblationSetting(EvolutionOptions.quick(), Canvas.square(side), 0.456f, "zero", 10, 7);
      for (Hypothesis each : all) {
        Ablation ablation =
            Experiments.in(Budget.FULL).stream()
                .filter(a -> a.id().equals(each.experiment().id()))
                .findFirst()
                .orElseThrow();
        assertTrue(isThere(each, ablation, setting), each.id() + " at " + side);
      }
    }
  }

  private static boolean isThere(
      Hypothesis hypothesis, Ablation ablation, AblationSetting setting) {
    return !hypothesis.decisive().arms(ablation.design().apply(setting), setting).isEmpty();
  }
}
