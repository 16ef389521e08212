package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.random.SplitMix64;
import org.whisker.stats.TestResult.Alternative;

class SignFlipTestTest {
  private final SplitMix64 random = new SplitMix64(12);

  private double p(double[] runs, double mu0, Alternative alternative) {
    return SignFlipTest.of(runs, mu0, alternative, 199, random).p();
  }

  @Test
  void countsSignsByHand() {
    // Sums of ±1 ±2 ±3 at least 4 in size: 6 and 4 and their negatives, of 8.
    double[] x = {-1, 2, 3};
    assertEquals(4 / 8.0, p(x, 0, Alternative.TWO_SIDED));
    assertEquals(2 / 8.0, p(x, 0, Alternative.GREATER));
    assertEquals(7 / 8.0, p(x, 0, Alternative.LESS));
  }

  @Test
  void exactUpToSixteenRuns() {
    double[] x = Simulated.sample(16, () -> 0.4);
    TestResult result = SignFlipTest.of(x, 0.5, Alternative.TWO_SIDED, 99, random);
    assertEquals(-0.1, result.statistic(), 1e-15);
    assertTrue(result.exact());
    assertEquals(2 / 65_536.0, result.p());
    TestResult sampled =
        SignFlipTest.of(Simulated.sample(70, () -> 0.4), 0.5, Alternative.LESS, 99, random);
    assertFalse(sampled.exact());
    assertEquals(1 / 100.0, sampled.p());
  }

  @Test
  void nothingToFlipIsNoEvidence() {
    assertEquals(1, p(new double[] {0.5, 0.5, 0.5}, 0.5, Alternative.TWO_SIDED));
  }

  @Test
  void sampledAgreesWithExact() {
    double[] x = Simulated.normal(16, 0.3, 1, random);
    double[] padded = Arrays.copyOf(x, 17);
    double exact = p(x, 0, Alternative.TWO_SIDED);
    double sampled = SignFlipTest.of(padded, 0, Alternative.TWO_SIDED, 20_000, random).p();
    assertEquals(exact, sampled, 0.015);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 10, 20, 30})
  void rejectsATrueNullAsOftenAsAlpha(int n) {
    for (Alternative alternative : Alternative.values()) {
      Simulated.assertRejectsAsOftenAsAlpha(
          () -> p(Simulated.sample(n, random::nextDouble), 0.5, alternative) <= 0.05);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 10, 30})
  void edgeIndicesAreSymmetricEnough(int n) {
    Simulated.assertRejectsAsOftenAsAlpha(
        () -> p(Simulated.Runs.EDGE_INDEX.draw(n, random), 0.25, Alternative.TWO_SIDED) <= 0.05);
  }

  @Test
  void strongSkewCostsLittleOnBothSidesTogether() {
    double share =
        Simulated.share(
            () -> p(Simulated.beta(10, random), 5 / 6.0, Alternative.TWO_SIDED) <= 0.05);
    Simulated.assertWithin(0.05, 0.09, share);
  }

  @Test
  void findsAnEffectOnItsOwnSide() {
    double[] low = Simulated.normal(12, 0.3, 0.05, random);
    assertTrue(p(low, 0.5, Alternative.LESS) < 0.001);
    assertTrue(p(low, 0.5, Alternative.GREATER) > 0.999);
  }

  @Test
  void theSmallestPIsThatOfValuesOnOneSide() {
    double p = p(new double[] {0.41, 0.52, 0.62, 0.73}, 0, Alternative.TWO_SIDED);
    assertEquals(SignFlipTest.smallestP(4), p);
    assertTrue(SignFlipTest.isSmallest(p, 4));
    double mixed = p(new double[] {-0.1, 0.52, 0.62, 0.73}, 0, Alternative.TWO_SIDED);
    assertFalse(SignFlipTest.isSmallest(mixed, 4));
    assertEquals(1, SignFlipTest.smallestP(1));
  }

  @Test
  void refusesNothingAndNaN() {
    assertThrows(IllegalArgumentException.class, () -> p(new double[0], 0, Alternative.TWO_SIDED));
    assertThrows(
        IllegalArgumentException.class,
        () -> p(new double[] {1}, Double.NaN, Alternative.TWO_SIDED));
    assertThrows(
        IllegalArgumentException.class,
        () -> SignFlipTest.of(new double[] {1}, 0, Alternative.LESS, 0, random));
  }
}
