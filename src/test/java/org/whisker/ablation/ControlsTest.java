package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Controls.Control;
import org.whisker.ablation.Controls.PlantedPreference;
import org.whisker.explain.PlantedClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;

class ControlsTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private final List<Integer> done = new ArrayList<>();

  private Controls controls(int runs, int generations) {
    return new Controls(
        Controls.Options.quick(runs, generations, 5),
        (control, runsDone, result) -> done.add(runsDone),
        () -> false);
  }

  private static Control judged(double expected, Double... indices) {
    return Control.of("c", expected, List.of(indices), 0, 1, 0.05, 0.05, new SplitMix64(1));
  }

  /** The ends of a range are no likely means of runs that lie inside it; none is cut off there. */
  @Test
  void theIntervalOfFewRunsLiesWithinTheRange() {
    Control two = judged(0.5, 0.05, 0.95);
    assertTrue(two.interval().low() > 0 && two.interval().high() < 1, two.toString());
  }

  @Test
  void plantedPreferencesAreFoundWithTheirSize() {
    Control edge = controls(12, 80).edge(CANVAS, 0.3);
    assertTrue(edge.passed() && edge.positive(), edge.toString());
    assertTrue(edge.mean() < 0.35, edge.toString());
    Control centre = controls(12, 80).centre(CANVAS, 0.3);
    assertTrue(centre.passed(), centre.toString());
    assertTrue(centre.mean() > 0.65, centre.toString());
    assertEquals(24, done.size());
    assertEquals(12, done.get(23));
  }

  @Test
  void withoutAPreferenceThereIsNone() {
    Control flat = controls(20, 80).flat(CANVAS);
    assertTrue(flat.passed() && !flat.positive(), flat.toString());
  }

  @Test
  void shufflingHidesAPreferenceOfTheEdge() {
    Control permuted = controls(60, 40).permuted(PlantedClassifier.edge(), 64);
    assertTrue(permuted.passed(), permuted.toString());
    assertEquals("permuted planted", permuted.name());
  }

  @Test
  void thePlantedHalfIsHalfTheCanvas() {
    Canvas canvas = Canvas.square(5);
    PlantedPreference edge = new PlantedPreference(canvas, true, 0.5);
    // Rings of 16, 8 and 1 pixels: u = 0.32, 0.8 and 0.98.
    assertEquals(0.32, edge.expected(), 1e-12);
    assertEquals(new EdgeRank(canvas).of(0), edge.expected(), 1e-12);
    assertEquals((8 * 0.8 + 0.98) / 9, new PlantedPreference(canvas, false, 0.5).expected(), 1e-12);
    float[] logits =
        edge.logits(
            List.of(
                BlackPixels.none(canvas),
                BlackPixels.of(canvas, 0, 1),
                BlackPixels.of(canvas, 0, 12)));
    assertEquals(3, logits[0]);
    assertEquals(2, logits[1]);
    assertEquals(3, logits[2]);
    assertThrows(
        IllegalArgumentException.class, () -> new PlantedPreference(canvas, true, Double.NaN));
  }

  @Test
  void aBiasWhereNoneMayBeFails() {
    Control biased = judged(0.5, 0.3, 0.31, 0.29, 0.32, 0.3, 0.28, 0.33);
    assertFalse(biased.passed());
    assertTrue(judged(0.5, 0.5, 0.51, 0.49, 0.52, 0.5, 0.48, 0.5).passed());
  }

  @Test
  void theWrongSideTheWrongSizeAndTooFewRunsFail() {
    Double[] low = {0.26, 0.27, 0.25, 0.28, 0.26, 0.24, 0.27};
    assertTrue(judged(0.26, low).passed());
    assertFalse(judged(0.74, low).passed());
    assertFalse(judged(0.36, low).passed());
    // Five runs can't reach p 0.05 by sign flips.
    assertFalse(judged(0.26, 0.26, 0.27, 0.25, 0.28, 0.26).passed());
    Control vague = judged(0.5, 0.2, 0.8, 0.4, 0.6);
    assertFalse(vague.passed());
    assertTrue(vague.runsNeeded().getAsLong() > 50, vague.toString());
    assertThrows(IllegalArgumentException.class, () -> judged(0.5, 0.4));
  }

  @Test
  void stops() {
    Controls stopped =
        new Controls(Controls.Options.quick(3, 5, 1), (control, run, result) -> {}, () -> true);
    assertThrows(CancellationException.class, () -> stopped.flat(CANVAS));
    assertThrows(IllegalArgumentException.class, () -> Controls.Options.quick(1, 5, 1));
  }
}
