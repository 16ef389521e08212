package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;

class RunsNeededTest {
  private static final RunsNeeded STANDARD = RunsNeeded.standard();

  @Test
  void knownValues() {
    // Textbook sizes of t tests at d = 0.5: 34 pairs, 64 in each of two arms.
    assertEquals(34, STANDARD.forEffect(1, 0.5));
    assertEquals(34, STANDARD.forEffect(2, -1));
    assertEquals(64, STANDARD.forTwoArms(1, 0.5));
    // (1.644854 + 1.281552)² / 0.25 + 1.644854² / 2 = 35.61
    assertEquals(36, STANDARD.forEquivalence(1, 0.5));
  }

  @Test
  void neverFewerThanThePermutationsNeed() {
    assertEquals(6, STANDARD.forEffect(0.001, 1));
    assertEquals(4, STANDARD.forTwoArms(0, 1));
    assertEquals(2, STANDARD.forEquivalence(0, 0.05));
    assertEquals(8, new RunsNeeded(0.01, 0.8).forEffect(0, 1));
  }

  @Test
  void thatManyRunsHaveThePower() {
    SplitMix64 random = new SplitMix64(19);
    int forEffect = (int) STANDARD.forEffect(0.05, 0.05);
    Simulated.assertWithin(
        0.75,
        0.86,
        Simulated.share(
            () -> {
              double[] runs = Simulated.normal(forEffect, 0.45, 0.05, random);
              return SignFlipTest.of(runs, 0.5, Alternative.TWO_SIDED, 99, random).p() <= 0.05;
            }));
    int forEquivalence = (int) STANDARD.forEquivalence(0.05, 0.05);
    Simulated.assertWithin(
        0.75,
        0.86,
        Simulated.share(
            () -> {
              double[] runs = Simulated.normal(forEquivalence, 0.5, 0.05, random);
              return Equivalence.oneSample(runs, 0.5, 0.05).holds(0.05);
            }));
  }

  @Test
  void refusesWhatHasNoAnswer() {
    assertThrows(IllegalArgumentException.class, () -> STANDARD.forEffect(1, 0));
    assertThrows(IllegalArgumentException.class, () -> STANDARD.forTwoArms(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> STANDARD.forEquivalence(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new RunsNeeded(0, 0.8));
  }
}
