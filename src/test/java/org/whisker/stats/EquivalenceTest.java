package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;

class EquivalenceTest {
  private final SplitMix64 random = new SplitMix64(14);

  @Test
  void knownValue() {
    // Mean 0.02, sd 0.01·√2.5, error 0.0070711: t = (0.05 − 0.02) / 0.0070711 = 4.242641 with 4
    // degrees of freedom; P(T > 4.242641) = 0.006618.
    double[] runs = {0.0, 0.01, 0.02, 0.03, 0.04};
    Equivalence result = Equivalence.oneSample(runs, 0, 0.05);
    assertEquals(0.02, result.difference(), 1e-15);
    assertEquals(upperTail4(4.242641), result.p(), 1e-7);
    assertTrue(result.holds(0.05));
    double[] shifted = Samples.minus(runs, -0.5);
    double[] half = {0.5, 0.5, 0.5, 0.5, 0.5};
    assertEquals(result.p(), Equivalence.paired(shifted, half, 0.05).p(), 1e-12);
  }

  /** P(T > t) with 4 degrees of freedom, in closed form. */
  private static double upperTail4(double t) {
    double s = t / Math.sqrt(4 + t * t);
    return 0.5 - 0.75 * (s - s * s * s / 3);
  }

  @Test
  void bothSidesCount() {
    double[] runs = {0.03, 0.04, 0.05, 0.06, 0.07};
    double up = Equivalence.oneSample(runs, 0, 0.05).p();
    double down = Equivalence.oneSample(new double[5], 0.05, 0.05).p();
    assertEquals(0.5, up, 1e-9);
    assertEquals(1, down);
    double[] negative = {-0.03, -0.04, -0.05, -0.06, -0.07};
    assertEquals(up, Equivalence.oneSample(negative, 0, 0.05).p(), 1e-9);
  }

  @Test
  void noSpreadIsAStep() {
    double[] same = {0.5, 0.5, 0.5};
    assertEquals(0, Equivalence.oneSample(same, 0.5, 0.05).p());
    assertEquals(1, Equivalence.oneSample(same, 0.25, 0.05).p());
    assertEquals(1, Equivalence.oneSample(same, 0.75, 0.05).p());
  }

  @Test
  void welchOfEqualArmsIsStudents() {
    // Differences of two arms of 3 with variance 1 each: error √(2/3), 4 degrees of freedom.
    double[] a = {1, 2, 3};
    double[] b = {2, 3, 4};
    double p = upperTail4((4 - 1) / Math.sqrt(2 / 3.0));
    Equivalence result = Equivalence.unpaired(a, b, 4);
    assertEquals(-1, result.difference(), 1e-15);
    assertEquals(p, result.p(), 1e-9);
  }

  @Test
  void claimsEquivalenceAtTheMarginAsOftenAsAlpha() {
    Simulated.assertRejectsAsOftenAsAlpha(
        () ->
            Equivalence.oneSample(Simulated.normal(10, 0.55, 0.03, random), 0.5, 0.05).holds(0.05));
    Simulated.assertRejectsAsOftenAsAlpha(
        () ->
            Equivalence.paired(
                    Simulated.normal(10, 0.45, 0.02, random),
                    Simulated.normal(10, 0.5, 0.02, random),
                    0.05)
                .holds(0.05));
    Simulated.assertRejectsAsOftenAsAlpha(
        () ->
            Equivalence.unpaired(
                    Simulated.normal(8, 0.45, 0.03, random),
                    Simulated.normal(12, 0.5, 0.01, random),
                    0.05)
                .holds(0.05));
  }

  @Test
  void refusesAMarginThatIsNone() {
    double[] runs = {1, 2};
    for (double margin : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Equivalence.oneSample(runs, 0, margin));
    }
    assertThrows(IllegalArgumentException.class, () -> Equivalence.oneSample(new double[1], 0, 1));
  }
}
