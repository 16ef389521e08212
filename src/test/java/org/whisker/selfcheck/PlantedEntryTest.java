package org.whisker.selfcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.Plants;
import org.whisker.selfcheck.PlantedMatrix.MatrixCell;
import org.whisker.stats.Verdict;

/** A middle that is only closed is told from one that is of no use, and from an open one. */
class PlantedEntryTest {
  @ParameterizedTest
  @ValueSource(strings = {"closed-middle", "useless-middle", "open-middle"})
  void theVerdictIsRight(String id) {
    Plant plant =
        Hypotheses.plants().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    PlantedMatrix matrix =
        new PlantedMatrix(new PlantedTrial(7, 1_200, 1), Set.of("entry"), each -> {}, () -> false);
    List<MatrixCell> cells = matrix.row(new PlantedModel(plant), () -> false);
    assertEquals(1, cells.size());
    assertEquals(Expected.Outcome.RIGHT, cells.get(0).outcome(), cells.get(0).toString());
  }

  /** Pixels of the edge are worth more there, but any pixel pays. */
  @Test
  void aMiddleThatIsEnteredByTheQuestionsSearchIsNotCalledClosed() {
    PlantedMatrix matrix =
        new PlantedMatrix(new PlantedTrial(7, 1_200, 1), Set.of("entry"), each -> {}, () -> false);
    MatrixCell cell = matrix.row(new PlantedModel(Plants.EDGE_BENEFIT), () -> false).get(0);
    assertNotEquals(Optional.of(Verdict.SUPPORTED), cell.seen(), cell.toString());
  }
}
