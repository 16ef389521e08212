package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationResult;
import org.whisker.stats.Verdict;

class HypothesisTestsTest {
  private static final HypothesisTests TESTS =
      new HypothesisTests(0.05, (experiment, model) -> experiment + " was left out");

  private static HypothesisTest of(List<HypothesisTest> tests, String hypothesis) {
    return tests.stream().filter(t -> t.hypothesis().equals(hypothesis)).findFirst().orElseThrow();
  }

  private static List<HypothesisTest> planted(
      PlantedClassifier own, PlantedClassifier swapped, String... experiments) {
    var model = new PlantedExperiments.Model("planted", own, swapped);
    return TESTS.of(PlantedExperiments.run(model, experiments), List.of("planted"));
  }

  @Test
  void aPlantedEdgePreferenceRefutesThatItIsGeometry() {
    List<HypothesisTest> tests =
        planted(PlantedClassifier.edge(), PlantedClassifier.edge(), "geometry", "operators");
    HypothesisTest geometry = of(tests, "geometry");
    assertEquals(Optional.of(Verdict.REFUTED), geometry.verdict());
    assertTrue(geometry.effect().orElseThrow() < 0.4, geometry.toString());
    assertEquals(0.5, geometry.nothing());
    assertTrue(geometry.high().orElseThrow() < 0.5);
    assertEquals("evolved − chance", geometry.comparison());
    HypothesisTest operators = of(tests, "operators");
    assertNotEquals(Optional.of(Verdict.SUPPORTED), operators.verdict());
    assertEquals(0.5, operators.effect().orElseThrow(), 0.1);
  }

  @Test
  void whatTurnsWithThePaddingIsPutDownToIt() {
    HypothesisTest padding =
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
    HypothesisTest padding =
        of(
            planted(PlantedClassifier.edge(), PlantedClassifier.edge(), "geometry", "padding"),
            "padding");
    assertEquals(Optional.of(Verdict.NO_EFFECT), padding.verdict());
    assertTrue(padding.pEquivalenceCorrected().orElseThrow() <= 0.05);
  }

  @Test
  void effectsAtShuffledPlacesAreNoBias() {
    for (long seed = 1; seed <= 3; seed++) {
      HypothesisTest geometry =
          of(
              planted(
                  PlantedClassifier.shuffled(seed), PlantedClassifier.shuffled(seed), "geometry"),
              "geometry");
      // some dozen of 256 places are used, whose mean edge rank varies by some 0.05
      assertEquals(0.5, geometry.effect().orElseThrow(), 0.1, geometry.toString());
    }
  }

  @Test
  void whereAllRunsEndWhiteNothingIsDecided() {
    HypothesisTest geometry =
        of(planted(PlantedClassifier.white(), PlantedClassifier.white(), "geometry"), "geometry");
    assertEquals(Optional.of(Verdict.NOT_ENOUGH_CATS), geometry.verdict());
    assertEquals(0, geometry.cats().orElseThrow().control());
    assertTrue(geometry.pCorrected().isEmpty());
  }

  @Test
  void everyHypothesisHasARowAndAReasonWhereItIsUntested() {
    List<HypothesisTest> tests =
        planted(PlantedClassifier.edge(), PlantedClassifier.edge(), "geometry");
    assertEquals(
        DecisiveComparison.all().stream().map(DecisiveComparison::hypothesis).toList(),
        tests.stream().map(HypothesisTest::hypothesis).toList());
    assertEquals(Question.values().length, tests.size());
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
    HypothesisTest alone = of(TESTS.of(results, List.of("first")), "geometry");
    results.addAll(PlantedExperiments.run(first, "padding"));
    results.addAll(PlantedExperiments.run(second, "geometry", "padding"));
    List<HypothesisTest> all = TESTS.of(results, List.of("first", "second"));
    assertEquals(alone.p(), of(all, "geometry").p());
    assertEquals(alone.p().orElseThrow(), alone.pCorrected().orElseThrow());
    assertEquals(
        4 * alone.p().orElseThrow(), of(all, "geometry").pCorrected().orElseThrow(), 1e-12);
  }

  @Test
  void ofSeveralResiduesTheClearestCountsCorrectedForTheOthers() {
    var model =
        new PlantedExperiments.Model(
            "planted", PlantedClassifier.random(1), PlantedClassifier.random(1));
    List<AblationResult> results = PlantedExperiments.run(model, "stride-parity");
    HypothesisTest test = of(TESTS.of(results, List.of("planted")), "stride-parity");
    double least =
        results.get(0).observations().stream()
            .filter(o -> o.name().contains("modulo"))
            .mapToDouble(o -> o.pHolm())
            .min()
            .orElseThrow();
    assertEquals(least, test.p().orElseThrow());
    assertTrue(test.comparison().contains("modulo"), test.comparison());
  }

  @Test
  void theQuickBudgetHoldsWhatDecidesItsHypotheses() {
    Set<String> tested =
        Budget.QUICK.experiments().stream().map(Ablation::id).collect(Collectors.toSet());
    var model =
        new PlantedExperiments.Model(
            "planted", PlantedClassifier.edge(), PlantedClassifier.centre());
    for (DecisiveComparison decisive : DecisiveComparison.all()) {
      if (tested.contains(decisive.experiment())
          && Set.of("padding", "operators", "safe-harbour").contains(decisive.experiment())) {
        Ablation ablation =
            Budget.QUICK.experiments().stream()
                .filter(a -> a.id().equals(decisive.experiment()))
                .findFirst()
                .orElseThrow();
        assertTrue(
            ablation.design().apply(PlantedExperiments.setting(model)).contrasts().stream()
                .anyMatch(c -> decisive.matches(c.name())),
            decisive.toString());
      }
    }
    assertEquals(9, tested.size());
    assertTrue(Budget.STANDARD.experiments().stream().noneMatch(a -> a.id().equals("head")));
  }
}
