package org.whisker.selfcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.Plants;
import org.whisker.selfcheck.PlantedMatrix.MatrixCell;
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
          "canvas-border",
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
          Map.entry("canvas-border", "edge-benefit"),
          Map.entry("training-centre", "training-position"),
          Map.entry("foveation", "foveation"),
          Map.entry("location-tied", "sides"),
          Map.entry("head", "head"));

  private static List<MatrixCell> cells = List.of();

  @BeforeAll
  static void run() {
    PlantedMatrix matrix =
        new PlantedMatrix(new PlantedTrial(12, 2_000, 1), CHEAP, plant -> {}, () -> false);
    List<MatrixCell> all = new ArrayList<>();
    Hypotheses.plants()
        .forEach(plant -> all.addAll(matrix.row(new PlantedModel(plant), () -> false)));
    cells = all;
  }

  @Test
  void noCellIsWrong() {
    long argued =
        Hypotheses.plants().stream()
            .flatMap(p -> CHEAP.stream().filter(h -> Hypotheses.get(h).isHeldAgainst(p)))
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
        Expected.NOT_ENOUGH_CATS.outcome(Optional.of(Verdict.NOT_ENOUGH_CATS)));
    assertEquals(Expected.Outcome.RIGHT, Expected.NOT_TESTED.outcome(Optional.empty()));
    assertEquals(
        Expected.Outcome.WRONG, Expected.NOT_TESTED.outcome(Optional.of(Verdict.SUPPORTED)));
    assertEquals(Expected.Outcome.OPEN, Expected.ANY.outcome(Optional.of(Verdict.SUPPORTED)));
  }

  @Test
  void stopsAndRefuses() {
    PlantedTrial trial = new PlantedTrial(2, 100, 1);
    PlantedMatrix stopped = new PlantedMatrix(trial, Set.of("padding"), plant -> {}, () -> true);
    assertThrows(
        CancellationException.class,
        () -> stopped.row(new PlantedModel(Plants.PADDING), () -> false));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PlantedMatrix(trial, Set.of("luck"), plant -> {}, () -> false));
    assertThrows(IllegalArgumentException.class, () -> new PlantedTrial(1, 100, 1));
  }
}
