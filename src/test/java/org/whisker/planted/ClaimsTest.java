package org.whisker.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.planted.Expectation.Expected;
import org.whisker.planted.PlantedMatrix.MatrixCell;

/** Planted classifiers on which earlier rules asserted what is not so. */
class ClaimsTest {
  /** Assert nothing. */
  private static final Set<VerdictAnswer> OPEN =
      Set.of(VerdictAnswer.UNDECIDED, VerdictAnswer.NOT_ENOUGH_TARGETS, VerdictAnswer.UNTESTED);

  private static List<MatrixCell> cells(Plant plant, String... hypotheses) {
    PlantedMatrix matrix = new PlantedMatrix(new PlantedTrial(12, 1_500, 1), Set.of(hypotheses));
    List<MatrixCell> cells = matrix.row(plant);
    cells.forEach(cell -> assertNotEquals(Expected.Outcome.WRONG, cell.outcome(), cell.toString()));
    return cells;
  }

  private static MatrixCell cell(Plant plant, String hypothesis) {
    return cells(plant, hypothesis).get(0);
  }

  /** Runs share 400 places in no order; their residues agree modulo any number. */
  @Test
  void placesInNoOrderAreNoStrideAndNoEdge() {
    for (MatrixCell cell : cells(Plants.SCATTERED, "landscape", "foveation")) {
      assertTrue(
          cell.test().answer() != VerdictAnswer.CAUSE
              && cell.test().answer() != VerdictAnswer.OPPOSITE,
          cell.toString());
    }
  }

  @Test
  void evenShiftsCostNothingThoughTheStrideIsNotKnown() {
    assertEquals(Expected.Outcome.RIGHT, cell(Plants.UNKNOWN_STRIDES, "location-tied").outcome());
  }

  @Test
  void aPreferenceHasItsDirection() {
    assertEquals(VerdictAnswer.TOWARDS_CENTRE, cell(Plants.CENTRE, "geometry").test().answer());
    MatrixCell side = cell(Plants.ONE_EDGE, "sides");
    assertEquals(VerdictAnswer.PREFERENCE, side.test().answer());
    assertTrue(side.test().comparison().startsWith("top half"), side.toString());
  }

  /** Pixels and paths prefer the same rings, for different reasons. */
  @Test
  void pathsAreNoCauseOfEveryPreferenceForTheCentre() {
    assertEquals(Expected.Outcome.RIGHT, cell(Plants.CENTRE, "foveation").outcome());
    assertEquals(Expected.Outcome.RIGHT, cell(Plants.FOVEATION, "foveation").outcome());
  }

  @Test
  void whiteThatIsACatGetsNoVerdictOnASearch() {
    for (MatrixCell cell : cells(Plants.WHITE_CAT, "geometry", "landscape", "padding", "sides")) {
      assertTrue(cell.test().reason().contains("is a cat already"), cell.toString());
    }
  }

  @Test
  void whereNothingDoesAnythingNothingIsSaid() {
    for (MatrixCell cell : cells(Plants.NOTHING, "geometry", "padding", "landscape", "sides")) {
      assertTrue(OPEN.contains(cell.test().answer()), cell.toString());
    }
  }

  @Test
  void whatIsLeftOfALostGainIsNoEvidence() {
    for (MatrixCell cell : cells(Plants.LOST_GAIN, "padding", "background", "head")) {
      assertTrue(OPEN.contains(cell.test().answer()), cell.toString());
    }
  }

  /** Where pairs or triples make the cat, single pixels don't tell where it lies. */
  @Test
  void singlePixelsExplainOnlyWhatSinglePixelsMake() {
    for (Plant plant : OwnPlants.of("surrogates")) {
      MatrixCell cell = cell(plant, "surrogates");
      assertEquals(Expected.Outcome.RIGHT, cell.outcome(), cell.toString());
    }
  }

  /** A network of two layers whose rim is worth more, and one whose pixels are so at any depth. */
  @Test
  void theRimCarriesOnlyWhereItIsWorthMore() {
    for (Plant plant : OwnPlants.of("carriers")) {
      MatrixCell cell = cell(plant, "carriers");
      assertEquals(Expected.Outcome.RIGHT, cell.outcome(), cell.toString());
    }
  }

  @Test
  void everyHypothesisIsCalibrated() {
    for (Hypothesis each : Hypotheses.all()) {
      assertTrue(CalibrationPlants.of(each.id()).none().isPresent(), each.id());
    }
  }
}
