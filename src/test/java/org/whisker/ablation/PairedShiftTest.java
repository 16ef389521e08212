package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.Ending;
import org.whisker.evolution.Individual;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class PairedShiftTest {
  private static final Individual ANY = new Individual(BlackPixels.none(Canvas.square(4)), 0, 0);

  private static RunResult run(long seed, OptionalDouble index) {
    return new RunResult(seed, Ending.GENERATIONS, ANY, index, 1, 1, 0);
  }

  private static List<RunResult> runs(double first, double second) {
    return List.of(run(1, OptionalDouble.of(first)), run(2, OptionalDouble.of(second)));
  }

  private static Optional<PairedShift> shift(List<RunResult> control, List<RunResult> treated) {
    return PairedShift.of(control, treated, 0.05, new SplitMix64(1));
  }

  @Test
  void theNumbersAreThoseByHand() {
    PairedShift s = shift(runs(0.3, 0.4), runs(0.4, 0.5)).orElseThrow();
    assertEquals(0.1, s.delta().value(), 1e-12);
    assertEquals(0.5, s.p(), 1e-12); // 2 of 4 choices of signs
    assertEquals(0.875, s.a12(), 1e-12); // three wins and a tie of four
    assertEquals(0, s.dropped());
    // 0.15 from ½ before, 0.05 after
    assertEquals(2.0 / 3, s.shareRemoved().orElseThrow(), 1e-12);
  }

  @Test
  void aGreaterBiasOnTheOtherSideIsNoneRemoved() {
    PairedShift s = shift(runs(0.3, 0.4), runs(0.8, 0.7)).orElseThrow();
    assertEquals(-2.0 / 3, s.shareRemoved().orElseThrow(), 1e-12);
  }

  @Test
  void nothingToRemoveHasNoShare() {
    PairedShift s = shift(runs(0.25, 0.75), runs(0.3, 0.4)).orElseThrow();
    assertEquals(OptionalDouble.empty(), s.shareRemoved());
  }

  @Test
  void pairsWithAWhiteImageAreDropped() {
    RunResult white = run(3, OptionalDouble.empty());
    RunResult black = run(3, OptionalDouble.of(0.9));
    List<RunResult> control = List.of(runs(0.3, 0.4).get(0), runs(0.3, 0.4).get(1), white);
    List<RunResult> treated = List.of(runs(0.4, 0.5).get(0), runs(0.4, 0.5).get(1), black);
    PairedShift s = shift(control, treated).orElseThrow();
    assertEquals(1, s.dropped());
    assertEquals(List.of(0.4, 0.5), s.treated());
    assertTrue(shift(control.subList(1, 3), treated.subList(1, 3)).isEmpty());
  }

  @Test
  void unequalSeedsAreRefused() {
    List<RunResult> other = List.of(runs(0.3, 0.4).get(0), run(9, OptionalDouble.of(0.4)));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> shift(runs(0.3, 0.4), other));
    assertEquals("pair 1 has seeds 2 and 9", e.getMessage());
  }

  @Test
  void unequalNumbersOfRunsAreRefused() {
    List<RunResult> three = new ArrayList<>(runs(0.3, 0.4));
    three.add(run(3, OptionalDouble.of(0.5)));
    assertThrows(IllegalArgumentException.class, () -> shift(three, runs(0.3, 0.4)));
    assertThrows(IllegalArgumentException.class, () -> shift(runs(0.3, 0.4), three));
  }
}
