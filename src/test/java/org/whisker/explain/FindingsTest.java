package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.Ending;
import org.whisker.evolution.Individual;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.position.EdgeBias;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Verdict;

class FindingsTest {
  private static Explanation two;

  @BeforeAll
  static void explain() {
    two =
        PlantedProtocol.run(
            PlantedProtocol.swapped("edges", PlantedClassifier.edge(), PlantedClassifier.random(5)),
            PlantedProtocol.subject("anywhere", PlantedClassifier.random(6)));
  }

  private static List<Finding> findings(List<ModelFindings> models) {
    return new Findings(two.options(), models, two.operators()).all();
  }

  @Test
  void correctionLiftsEveryP() {
    assertEquals(8, two.findings().size());
    assertTrue(two.findings().stream().allMatch(f -> f.pCorrected() >= f.p()));
    Finding least = Collections.min(two.findings(), (a, b) -> Double.compare(a.p(), b.p()));
    assertEquals(Math.min(1, 8 * least.p()), least.pCorrected(), 1e-12);
  }

  @Test
  void theOrderOfModelsChangesNoFinding() {
    List<ModelFindings> reversed = new ArrayList<>(two.models());
    Collections.reverse(reversed);

    assertEquals(withoutRounding(two.findings()), withoutRounding(findings(reversed)));
  }

  private static Map<String, String> withoutRounding(List<Finding> findings) {
    return findings.stream()
        .collect(
            Collectors.toMap(
                f -> f.hypothesis().id() + " " + f.scope(),
                f -> f.verdict() + " " + f.p() + " " + f.pCorrected()));
  }

  @Test
  void onlyWhatIsUndecidedNeedsRuns() {
    boolean seen = false;
    for (Finding f : two.findings()) {
      boolean spread = f.quantity() != Finding.Quantity.RANK_CORRELATION;
      boolean expected = spread && f.verdict() == Verdict.UNDECIDED;
      assertEquals(expected, f.runsNeeded().isPresent(), f::toString);
      seen |= expected;
    }
    assertTrue(seen, two.findings()::toString);
  }

  @Test
  void oneRunWithABlackPixelDecidesNothing() {
    ModelFindings one = withRuns(two.models().get(0), List.of(run(1, 0), run(2), run(3)));

    Finding geometry = findings(List.of(one)).get(0);

    assertEquals(Hypothesis.GEOMETRY, geometry.hypothesis());
    assertEquals(Verdict.UNDECIDED, geometry.verdict());
    assertEquals(OptionalLong.empty(), geometry.runsNeeded());
    assertEquals(OptionalDouble.empty(), geometry.low());
  }

  private static RunResult run(long seed, int... black) {
    BlackPixels image = BlackPixels.of(PlantedClassifier.CANVAS, black);
    OptionalDouble index =
        black.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.1171875);
    return new RunResult(seed, Ending.GENERATIONS, new Individual(image, 0, 0), index, 1, 1, 0);
  }

  private static EdgeBias bias(List<RunResult> runs) {
    return EdgeBias.of(runs.stream().map(r -> r.best().genome()).toList(), new SplitMix64(1));
  }

  private static ModelFindings withRuns(ModelFindings m, List<RunResult> runs) {
    return new ModelFindings(
        m.model(),
        m.whiteLogit(),
        runs,
        List.of(),
        m.heatmap(),
        m.positions().map(p -> new ModelFindings.Positions(bias(runs), p.profile())),
        m.probe(),
        m.probeProfile(),
        m.gradient(),
        m.gradientProfile(),
        m.landscape(),
        Optional.empty());
  }

  @Test
  void aSmallDriftTheOtherWayIsNotCalledEquivalent() {
    String operators = Sentences.of(Hypothesis.OPERATORS, Verdict.REFUTED, 0.53, false, 0.05);
    assertTrue(operators.contains("drift to the centre"), operators);
    String padding = Sentences.of(Hypothesis.PADDING, Verdict.REFUTED, -0.03, false, 0.05);
    assertTrue(padding.contains("move to the edge"), padding);
    String none = Sentences.of(Hypothesis.PADDING, Verdict.REFUTED, -0.03, true, 0.05);
    assertTrue(none.contains("equivalent within ±0.05"), none);
    assertFalse(none.contains("move"), none);
  }

  @Test
  void theAnswerNamesEveryCauseOnce() {
    String causes = Answer.of(two).get(2);
    for (Finding f : two.findings()) {
      if (f.hypothesis() != Hypothesis.GEOMETRY) {
        String cause = f.hypothesis().id() + " (" + f.scope() + ")";
        assertEquals(2, causes.split(java.util.regex.Pattern.quote(cause), -1).length, causes);
      }
    }
  }
}
