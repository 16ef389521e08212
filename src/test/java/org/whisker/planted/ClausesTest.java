package org.whisker.planted;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.explain.Finding;
import org.whisker.explain.HypothesisTests;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.HypothesisResult;

/** Each clause of the answer on each plant of its hypothesis: right, or silent. */
class ClausesTest {
  private static final String SILENT = "";

  /** As many runs of an arm, and trained networks of a kind, as the decisive tests need. */
  private static final int RUNS = 8;

  private static final int NETWORKS = 8;
  private static final int IMAGES = 2_000;

  /** The arms of which a clause speaks, beside the control; those of an observation are none. */
  private static final Map<String, Set<String>> ARMS =
      Map.of(
          "entry",
          Set.of("held", "stronger", "stronger-held", "held+rolled", "stronger-held+rolled"),
          "surrogates",
          Set.of("singles", "dose-response"),
          "white-start",
          Set.of("white+rolled", "scattered", "scattered+rolled"));

  /** What is said of a plant where anything is; begins with ! where it must be. */
  private static final Map<String, String> RIGHT = right();

  private static Map<String, String> right() {
    Map<String, String> right = new LinkedHashMap<>();
    String barrier = "!there is a barrier around the middle: .*";
    String none = "black pixels in the innermost fifth .* no more than in the outermost";
    right.put("barrier-saturating", barrier);
    right.put("barrier-linear", barrier);
    right.put("barrier-passable", barrier);
    right.put(
        "barrier-open-at-the-top",
        "!there is a barrier around the middle, open towards the top alone: .*");
    right.put("barrier-everywhere", none);
    right.put("barrier-ring", "!" + none + ", but one between the two costs 1.3 logits");
    right.put("barrier-side", none);
    right.put("centre-helps", "!black pixels in the middle push towards the target.*");
    right.put("barrier-by-head", "!the head alone makes.* more .*|the head makes.* more .*");
    right.put("barrier-by-padding", "!padding alone makes.* more .*|padding makes.* more .*");
    right.put("barrier-by-both", "!the head and padding make.*two thirds and a third.*");
    right.put("barrier-by-either", "(padding and the head|the head and padding).*");
    right.put(
        "barrier-by-padding-of-one-side", "!padding alone makes.* more .*|padding makes.* more .*");
    right.put("barrier-by-neither", "neither padding nor the head.*");
    right.put("open-middle-by-head", "!the head alone makes.* less .*|the head makes.* less .*");
    right.put("barrier-cancelled-without-head", "!the head suffices to make.* more .*");
    right.put("carried-by-rim", "the outer.*of the evidence for cat.*");
    right.put("carried-by-one-channel", "the outer.*of the evidence for cat.*");
    right.put("carried-anywhere", "deep in the network, outer positions carry as much.*");
    right.put(
        "closed-middle",
        "!the search does not enter the middle, where each step must raise the fitness.*");
    right.put("useless-middle", "with equally many images, neither.*");
    right.put("open-middle", SILENT);
    right.put("cat-by-singles", "the simplest function .*");
    right.put(
        "cat-behind-a-wall",
        "!the simplest function .* is the effects of single pixels, added up.*");
    right.put("cat-by-pairs", SILENT);
    right.put("cat-by-triples", SILENT);
    right.put(
        "walled-middle", "!the start on white is a cause.* on rolled images, at .*p\\(target\\).*");
    right.put("barrier-from-photos", "!the cost of the middle changes in networks trained .*");
    return right;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "barrier",
        "place-parts",
        "entry",
        "surrogates",
        "carriers",
        "white-start",
        "barrier-origin"
      })
  void everyClauseIsRightOrSilent(String id) {
    Hypothesis hypothesis = Hypotheses.get(id);
    assertFalse(OwnPlants.of(id).isEmpty());
    for (Plant plant : OwnPlants.of(id)) {
      String clause = clause(hypothesis, new PlantedModel(plant)).orElse(SILENT);
      String right = RIGHT.getOrDefault(plant.id(), "no such plant");
      boolean must = right.startsWith("!");
      boolean says = clause.matches(must ? right.substring(1) : right);
      assertTrue(says || (clause.isEmpty() && !must), plant.id() + ": " + clause);
    }
  }

  /** The census of single pixels, on plants of which it is known. */
  @Test
  void theClauseOfSinglePixelsIsRight() {
    Map<String, String> right =
        Map.of(
            "barrier-linear",
                "none of the single black pixels tried in the middle half is a step.*",
            "centre-helps", "first steps lead into the middle: .* middle half 100\u00a0% are.*");
    Hypothesis landscape = Hypotheses.get("landscape");
    for (Plant plant : OwnPlants.of("barrier")) {
      String clause = clause(landscape, new PlantedModel(plant)).orElse(SILENT);
      assertTrue(clause.matches(right.getOrDefault(plant.id(), ".*")), plant.id() + ": " + clause);
    }
  }

  private static Optional<String> clause(Hypothesis hypothesis, PlantedModel plant) {
    PlantedTrial trial = new PlantedTrial(RUNS, IMAGES, 1);
    Ablation experiment =
        hypothesis
            .experiment()
            .narrowed(ARMS.getOrDefault(hypothesis.id(), Set.of()))
            .withoutSupplements();
    AblationRunner runner =
        new AblationRunner(
            new RunPlan(RUNS, NETWORKS, 1, 0.96, 100),
            new PlantedMatrix.MemoryRuns(),
            new AblationRunner.Listener() {},
            () -> false);
    AblationResult result = runner.run(experiment, plant, trial.setting(plant));
    Finding finding =
        new HypothesisTests(0.05, (e, model) -> "not done")
            .of(List.of(result), List.of(plant.name())).stream()
                .filter(each -> each.hypothesis().equals(hypothesis.id()))
                .findFirst()
                .orElseThrow();
    return finding.isTested() || hypothesis.tellsWithoutVerdict()
        ? hypothesis.clause(decided(finding, result))
        : Optional.empty();
  }

  /** What a report hands to a clause: all but what is withheld. */
  private static HypothesisResult decided(Finding finding, AblationResult result) {
    Set<String> withheld =
        result.withheld().stream().map(WithheldComparison::comparison).collect(Collectors.toSet());
    return new HypothesisResult(
        finding.judged(),
        finding.effect(),
        finding.low(),
        finding.high(),
        ObservationRow.of(result).stream()
            .filter(row -> !withheld.contains(row.observed()))
            .toList(),
        EffectRow.of(result).stream()
            .filter(row -> !row.isOfEdgeIndex() || !row.isAmong(withheld))
            .toList());
  }
}
