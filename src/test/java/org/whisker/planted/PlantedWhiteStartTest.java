package org.whisker.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.HypothesisResult;
import org.whisker.planted.Expectation.Expected;
import org.whisker.planted.PlantedMatrix.MatrixCell;
import org.whisker.stats.Verdict;

/** A middle whose first pixels alone cost is told from one that costs, or is worth less, anyhow. */
class PlantedWhiteStartTest {
  private static final Hypothesis WHITE_START = Hypotheses.get("white-start");
  private static final PlantedTrial TRIAL = new PlantedTrial(8, 2_000, 1);

  @Test
  void aWallThatRandomPixelsPayForIsFound() {
    MatrixCell cell = cell(OwnPlants.of(WHITE_START.id()).get(0));
    assertEquals(Expected.Outcome.RIGHT, cell.outcome(), cell.toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05})
  void aMiddleThatCostsWhateverIsThereIsNoMatterOfTheStart(double cost) {
    Plant plant =
        Plant.known(
            "costly-middle",
            c ->
                PlantedFormula.blank()
                    .withGain(PlantMaps.centre(0, 0.1))
                    .withCost(PlantMaps.centre(cost, 0)));
    Finding test =
        TRIAL
            .verdicts(
                new PlantedModel(plant), Set.of(WHITE_START.id()), new PlantedMatrix.MemoryRuns())
            .get(0);
    assertNotEquals(Optional.of(Verdict.SUPPORTED), test.verdict(), test.toString());
  }

  @Test
  void whiteThatIsACatIsNoStart() {
    MatrixCell cell = cell(Plants.WHITE_CAT);
    assertEquals(Expected.Outcome.RIGHT, cell.outcome(), cell.toString());
  }

  @Test
  void theAnswerSaysWhatWasShown() {
    assertTrue(
        clause(Verdict.SUPPORTED).orElseThrow().endsWith("by E 0.14 more than on rolled images"));
    assertTrue(clause(Verdict.NO_EFFECT).orElseThrow().startsWith("it is not the start on white"));
    assertEquals(Optional.empty(), clause(Verdict.UNDECIDED));
    assertEquals(Optional.empty(), clause(Verdict.OPPOSITE));
  }

  private static Optional<String> clause(Verdict verdict) {
    OptionalDouble none = OptionalDouble.empty();
    return WHITE_START.clause(
        new HypothesisResult(verdict, OptionalDouble.of(0.143), none, none, List.of(), List.of()));
  }

  private static MatrixCell cell(Plant plant) {
    PlantedMatrix matrix = new PlantedMatrix(TRIAL, Set.of(WHITE_START.id()));
    return matrix.row(plant).get(0);
  }
}
