package org.whisker.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.Expectation.Expected;
import org.whisker.planted.PlantedMatrix.MatrixCell;
import org.whisker.stats.Verdict;

/** The whole chain asserts nothing wrong of any plant, and finds what is planted. */
class PlantedMatrixTest {
  private static final Set<String> CHEAP =
      Set.of(
          "geometry",
          "uniformity",
          "safe-harbour",
          "landscape",
          "barrier",
          "place-parts",
          "padding",
          "background",
          "training-centre",
          "foveation",
          "receptive-field",
          "location-tied",
          "head");

  /** Whose cause each is. */
  private static final Map<String, String> FOUND =
      Map.ofEntries(
          Map.entry("geometry", "edge-benefit"),
          Map.entry("safe-harbour", "safe-harbour"),
          Map.entry("landscape", "edge-benefit"),
          Map.entry("barrier", "barrier-passable"),
          Map.entry("place-parts", "barrier-by-either"),
          Map.entry("padding", "padding"),
          Map.entry("background", "background"),
          Map.entry("training-centre", "training-position"),
          Map.entry("foveation", "foveation"),
          Map.entry("location-tied", "sides"),
          Map.entry("head", "head"));

  private static List<MatrixCell> cells = List.of();

  @BeforeAll
  static void run() {
    PlantedMatrix matrix = new PlantedMatrix(new PlantedTrial(12, 2_000, 1), CHEAP);
    List<MatrixCell> all = new ArrayList<>();
    OwnPlants.all().forEach(plant -> all.addAll(matrix.row(plant)));
    cells = all;
  }

  @Test
  void noCellIsWrong() {
    long argued =
        OwnPlants.all().stream()
            .flatMap(p -> CHEAP.stream().filter(h -> OwnPlants.isOf(h, p)))
            .count();
    assertEquals(argued, cells.size());
    assertTrue(argued >= Plants.shared().size() * CHEAP.size() + 7);
    for (MatrixCell cell : cells) {
      assertNotEquals(Expected.Outcome.WRONG, cell.outcome(), cell.toString());
    }
  }

  @Test
  void whatIsPlantedIsFound() {
    FOUND.forEach(
        (hypothesis, plant) -> {
          MatrixCell cell =
              cells.stream()
                  .filter(c -> c.plant().equals(plant) && c.hypothesis().equals(hypothesis))
                  .findFirst()
                  .orElseThrow();
          assertEquals(Expected.Outcome.RIGHT, cell.outcome(), cell.toString());
        });
  }

  @Test
  void mostCellsAreRight() {
    long argued = cells.stream().filter(c -> c.expected() != Expected.ANY).count();
    long right = cells.stream().filter(c -> c.outcome() == Expected.Outcome.RIGHT).count();
    assertTrue(right >= argued * 0.85, right + " of " + argued);
  }

  @Test
  void outcomes() {
    assertEquals(
        Expected.Outcome.RIGHT, Expected.NO_EFFECT.outcome(Optional.of(Verdict.NO_EFFECT)));
    assertEquals(
        Expected.Outcome.WRONG, Expected.NO_EFFECT.outcome(Optional.of(Verdict.SUPPORTED)));
    assertEquals(Expected.Outcome.WRONG, Expected.SUPPORTED.outcome(Optional.of(Verdict.OPPOSITE)));
    assertEquals(
        Expected.Outcome.UNDECIDED, Expected.SUPPORTED.outcome(Optional.of(Verdict.UNDECIDED)));
    assertEquals(
        Expected.Outcome.RIGHT,
        Expected.NOT_ENOUGH_TARGETS.outcome(Optional.of(Verdict.NOT_ENOUGH_TARGETS)));
    assertEquals(Expected.Outcome.RIGHT, Expected.NOT_TESTED.outcome(Optional.empty()));
    assertEquals(
        Expected.Outcome.WRONG, Expected.NOT_TESTED.outcome(Optional.of(Verdict.SUPPORTED)));
    assertEquals(Expected.Outcome.OPEN, Expected.ANY.outcome(Optional.of(Verdict.SUPPORTED)));
  }

  @Test
  void refusesWhatIsNone() {
    PlantedTrial trial = new PlantedTrial(2, 100, 1);
    assertThrows(IllegalArgumentException.class, () -> new PlantedMatrix(trial, Set.of("luck")));
    assertThrows(IllegalArgumentException.class, () -> new PlantedTrial(1, 100, 1));
  }

  /**
   * A calibration counts whole trials: on the null of padding networks differ, and none is alike.
   */
  @Test
  void replicatesAreCounted() {
    Calibration.NullCalibrationRow row =
        new Calibration(new PlantedTrial(4, 400, 1), 3).of("padding");
    assertEquals("transposed", row.nullPlant());
    assertEquals("faint-padding", row.effectPlant());
    assertEquals(3, row.replicates());
    assertEquals(0, row.degenerate());
  }

  /** What is expected is argued for every hypothesis of whisker on every plant. */
  @Test
  void expectationsAreOfPlantsAndHypothesesThatThereAre() {
    Set<Plant> known = Set.copyOf(OwnPlants.all());
    for (String id : Hypotheses.ids()) {
      assertFalse(Expectations.of(id).isEmpty(), id);
      assertTrue(
          Expectations.of(id).stream().allMatch(line -> known.containsAll(line.plants())), id);
      for (Plant plant : known) {
        assertTrue(
            !OwnPlants.isOf(id, plant) || Expectations.of(id).contains(Expectations.on(id, plant)),
            id + " " + plant.id());
      }
    }
    assertTrue(Hypotheses.ids().containsAll(Expectations.hypotheses()));
  }
}
