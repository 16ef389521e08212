package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.random.SplitMix64;

class RunsNeededTest {
  private static final RunsNeeded STANDARD = RunsNeeded.standard();
  private final SplitMix64 random = new SplitMix64(19);

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
    // Φ(1.5)⁶ = 0.66: six runs often differ in sign.
    assertEquals(7, STANDARD.forEffect(1, 1.5));
    assertEquals(4, STANDARD.forTwoArms(0, 1));
    assertEquals(2, STANDARD.forEquivalence(0, 0.05));
    assertEquals(8, new RunsNeeded(0.01, 0.8).forEffect(0, 1));
  }

  /** Effects in standard deviations; from 1.5 on a test needs its fewest runs, or one more. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 1, 1.2, 1.5, 2, 3})
  void thatManyRunsHaveThePower(double effect) {
    int forEffect = (int) STANDARD.forEffect(0.05, 0.05 * effect);
    assertPower(
        effect,
        () -> {
          double[] runs = Simulated.normal(forEffect, 0.5 - 0.05 * effect, 0.05, random);
          return SignFlipTest.of(runs, 0.5, Alternative.TWO_SIDED, 99, random).p() <= 0.05;
        });
    int forEquivalence = (int) STANDARD.forEquivalence(0.05, 0.05 * effect);
    assertPower(
        effect,
        () -> {
          double[] runs = Simulated.normal(forEquivalence, 0.5, 0.05, random);
          return Equivalence.oneSample(runs, 0.5, 0.05 * effect).holds(0.05);
        });
    int each = (int) STANDARD.forTwoArms(0.05, 0.05 * effect);
    assertPower(
        effect,
        () -> {
          double[] a = Simulated.normal(each, 0.5, 0.05, random);
          double[] b = Simulated.normal(each, 0.5 + 0.05 * effect, 0.05, random);
          return PermutationTest.unpaired(a, b, Alternative.TWO_SIDED, 99, random).p() <= 0.05;
        });
  }

  private static void assertPower(double effect, BooleanSupplier finds) {
    Simulated.assertWithin(0.73, effect < 1.5 ? 0.87 : 1, Simulated.share(finds));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.6, 0.9})
  void otherPowersAreKeptToo(double power) {
    RunsNeeded needed = new RunsNeeded(0.05, power);
    int runs = (int) needed.forEffect(1, 0.7);
    double share =
        Simulated.share(
            () ->
                SignFlipTest.of(
                            Simulated.normal(runs, 0.7, 1, random),
                            0,
                            Alternative.TWO_SIDED,
                            99,
                            random)
                        .p()
                    <= 0.05);
    Simulated.assertWithin(power - 0.07, power + 0.07, share);
  }

  @Test
  void refusesWhatHasNoAnswer() {
    assertThrows(IllegalArgumentException.class, () -> STANDARD.forEffect(1, 0));
    assertThrows(IllegalArgumentException.class, () -> STANDARD.forTwoArms(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> STANDARD.forEquivalence(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new RunsNeeded(0, 0.8));
  }
}
