package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.TestResult.Alternative;

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

  /** Sixteen hypotheses: alpha 0.05 / 16, whose floor by sign flips is ten runs. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 2, 3})
  void thatManyRunsHaveThePowerAtTheCorrectedLevel(double effect) {
    RunsNeeded corrected = RunsNeeded.corrected(16);
    // beyond the margin, so that only the difference can be shown
    int runs = (int) corrected.toDecide(OptionalDouble.of(1), effect, effect / 2).orElseThrow();
    assertTrue(runs >= 10, runs + " runs");
    double share =
        Simulated.share(
            () -> {
              double[] drawn = Simulated.normal(runs, effect, 1, random);
              return SignFlipTest.of(drawn, 0, Alternative.TWO_SIDED, 3_999, random).p()
                  <= corrected.alpha();
            });
    Simulated.assertWithin(0.72, effect < 1.5 ? 0.87 : 1, share);
  }

  /** The seen effect lies at this share of the margin, which is one sd. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.4})
  void thatManyRunsShowEquivalenceOfASmallEffect(double effect) {
    RunsNeeded corrected = RunsNeeded.corrected(8);
    int runs = (int) corrected.toDecide(OptionalDouble.of(1), effect, 1).orElseThrow();
    double share =
        Simulated.share(
            () ->
                Equivalence.oneSample(Simulated.normal(runs, effect, 1, random), 0, 1)
                    .holds(corrected.alpha()));
    Simulated.assertWithin(0.74, 0.88, share);
  }

  @Test
  void whicheverComesFirstAndNeverWhereNeitherDoes() {
    OptionalDouble sd = OptionalDouble.of(0.06);
    // an effect of 0: equivalence alone; far beyond the margin: the difference alone
    assertEquals(STANDARD.forEquivalence(0.06, 0.05), need(sd, 0));
    assertEquals(STANDARD.forEffect(0.06, 0.2), need(sd, 0.2));
    assertEquals(need(sd, 0.2), need(sd, -0.2));
    // just within the margin, equivalence would take long, but a difference shows
    assertEquals(STANDARD.forEffect(0.06, 0.049), need(sd, 0.049));
    // closer to 0 than half the margin, equivalence comes first
    assertTrue(need(sd, 0.01) < STANDARD.forEffect(0.06, 0.01));
    assertTrue(need(sd, 0.01) > need(sd, 0));
    assertTrue(RunsNeeded.corrected(16).toDecide(sd, 0.03, 0.05).orElseThrow() > need(sd, 0.03));
    assertEquals(OptionalLong.empty(), STANDARD.forEquivalence(1, 0.05, 0.05));
    assertEquals(OptionalLong.empty(), STANDARD.toDecide(OptionalDouble.of(4), 0.04, 0.05));
    assertEquals(OptionalLong.empty(), STANDARD.toDecide(OptionalDouble.empty(), 0.04, 0.05));
    assertEquals(OptionalLong.empty(), toDecide(STANDARD, 0.1));
    assertEquals(OptionalLong.of(10), toDecide(RunsNeeded.corrected(16), 1, 1));
  }

  /** 4 runs of 0.57 ± 0.1: the difference shows once signs can, not where equivalence would. */
  @Test
  void aClearDifferenceNeedsNoMoreRunsThanItsPermutations() {
    double[] effects = {0.41, 0.52, 0.62, 0.73};
    assertEquals(OptionalLong.of(6), toDecide(STANDARD, effects));
    assertEquals(OptionalLong.of(10), toDecide(RunsNeeded.corrected(20), effects));
  }

  private static OptionalLong toDecide(RunsNeeded needed, double... effects) {
    Summary seen = Summary.of(effects);
    return needed.toDecide(seen.sd(), seen.mean(), 0.05);
  }

  @Test
  void twoArmsDecideByWhicheverComesFirst() {
    double sd = 0.1;
    assertEquals(
        STANDARD.forTwoArms(sd, 0.4), STANDARD.toDecideTwoArms(sd, -0.4, 0.05).orElseThrow());
    assertEquals(
        STANDARD.forEquivalence(Math.sqrt(2) * sd, 0.05),
        STANDARD.toDecideTwoArms(sd, 0, 0.05).orElseThrow());
    assertEquals(OptionalLong.empty(), STANDARD.toDecideTwoArms(4, 0.04, 0.05));
    int each = (int) STANDARD.toDecideTwoArms(1, 0.2, 1).orElseThrow();
    double share =
        Simulated.share(
            () -> {
              double[] a = Simulated.normal(each, 0, 1, random);
              double[] b = Simulated.normal(each, 0.2, 1, random);
              return Equivalence.unpaired(a, b, 1).holds(0.05);
            });
    Simulated.assertWithin(0.74, 0.88, share);
  }

  private static long need(OptionalDouble sd, double effect) {
    return STANDARD.toDecide(sd, effect, 0.05).orElseThrow();
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
    assertThrows(IllegalArgumentException.class, () -> RunsNeeded.corrected(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> STANDARD.toDecide(OptionalDouble.of(1), Double.NaN, 0.05));
    assertThrows(
        IllegalArgumentException.class, () -> STANDARD.toDecide(OptionalDouble.of(1), 0.01, 0));
  }

  /** Twelve that did not decide are not told that eleven would. */
  @Test
  void moreThanThoseThatDidNotDecide() {
    OptionalDouble sd = OptionalDouble.of(0.1);
    long enough = STANDARD.toDecide(sd, 0.1, 0.05).orElseThrow();
    int more = (int) enough + 1;
    assertEquals(OptionalLong.of(enough), STANDARD.toDecide(2, sd, 0.1, 0.05));
    assertEquals(OptionalLong.of(more + 1), STANDARD.toDecide(more, sd, 0.1, 0.05));
    assertEquals(OptionalLong.empty(), RunsNeeded.more(12, OptionalLong.empty()));
  }
}
