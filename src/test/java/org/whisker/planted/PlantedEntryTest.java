package org.whisker.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.explain.Finding;
import org.whisker.planted.Expectation.Expected;
import org.whisker.planted.PlantedMatrix.MatrixCell;
import org.whisker.stats.Verdict;

/** A middle that is only closed is told from one that is of no use, and from an open one. */
class PlantedEntryTest {
  @ParameterizedTest
  @ValueSource(strings = {"closed-middle", "useless-middle", "open-middle"})
  void theVerdictIsRight(String id) {
    Plant plant = OwnPlants.all().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    PlantedMatrix matrix = new PlantedMatrix(new PlantedTrial(7, 1_200, 1), Set.of("entry"));
    List<MatrixCell> cells = matrix.row(plant);
    assertEquals(1, cells.size());
    assertEquals(Expected.Outcome.RIGHT, cells.get(0).outcome(), cells.get(0).toString());
  }

  /** Pixels of the edge are worth more there, but any pixel pays. */
  @Test
  void aMiddleThatIsEnteredByTheQuestionsSearchIsNotCalledClosed() {
    PlantedMatrix matrix = new PlantedMatrix(new PlantedTrial(7, 1_200, 1), Set.of("entry"));
    MatrixCell cell = matrix.row(Plants.EDGE_BENEFIT).get(0);
    assertNotEquals(Optional.of(Verdict.SUPPORTED), cell.seen(), cell.toString());
  }

  @Test
  void whiteThatIsACatIsNoStart() {
    Finding test = test(Plants.WHITE_CAT, 1_200);
    assertTrue(test.reason().contains("is a cat already"), test.toString());
  }

  /**
   * Any pixel pays; with few images the searches differ by as much or more elsewhere, in logits.
   */
  @ParameterizedTest
  @CsvSource({"0.3, 0.045", "0.3, 0.09", "0.6, 0.18"})
  void aPoorerMiddleIsNotCalledClosed(double rich, double poor) {
    Plant plant =
        Plant.known(
            "poor-middle", c -> PlantedFormula.blank().withGain(PlantMaps.centre(poor, rich)));
    assertNotEquals(Optional.of(Verdict.SUPPORTED), test(plant, 400).verdict());
  }

  private static Finding test(Plant plant, long images) {
    PlantedMatrix.MemoryRuns runs = new PlantedMatrix.MemoryRuns();
    return new PlantedTrial(7, images, 1)
        .verdicts(new PlantedModel(plant), Set.of("entry"), runs)
        .get(0);
  }
}
