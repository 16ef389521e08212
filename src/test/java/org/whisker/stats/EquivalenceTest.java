package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Samples.MeanContrast;

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
    assertEquals(
        result.p(), Equivalence.oneSample(Samples.differences(shifted, half), 0, 0.05).p(), 1e-12);
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
            Equivalence.oneSample(
                    Samples.differences(
                        Simulated.normal(10, 0.45, 0.02, random),
                        Simulated.normal(10, 0.5, 0.02, random)),
                    0,
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

  /**
   * At the margin equivalence is false: claiming it more often than alpha is the error to avoid.
   */
  @ParameterizedTest
  @ValueSource(ints = {6, 10, 30})
  void claimsItOfEdgeIndicesNoMoreOftenThanAlpha(int n) {
    for (Simulated.Runs runs : List.of(Simulated.Runs.NORMAL, Simulated.Runs.EDGE_INDEX)) {
      for (double side : new double[] {-0.1, 0.1}) {
        double share =
            Simulated.share(
                () ->
                    Equivalence.oneSample(runs.draw(n, random), runs.mean + side, 0.1).holds(0.05));
        Simulated.assertWithin(0.03, 0.065, share);
      }
    }
  }

  /** A plain t test claims it of 13 % of such six runs. */
  @Test
  void strongSkewIsCorrectedFor() {
    double share =
        Simulated.share(
            () -> Equivalence.oneSample(Simulated.beta(6, random), 5 / 6.0 + 0.3, 0.3).holds(0.05));
    Simulated.assertWithin(0.05, 0.1, share);
    double other =
        Simulated.share(
            () -> Equivalence.oneSample(Simulated.beta(6, random), 5 / 6.0 - 0.3, 0.3).holds(0.05));
    Simulated.assertWithin(0, 0.04, other);
  }

  @Test
  void skewnessCorrectionByHand() {
    // Deviations −1, −1, −1, 3.
    double[] runs = {0, 0, 0, 4};
    // Variance 12/3 = 4, error 1; third moment 24·4/(3·2) = 16, of the mean 16/16 = 1: skewness 1.
    // At the reference −1: t = 2 (below the 2.5 % point 3.182), t + t²/3 + t³/27 + 1/6 = 3.796296.
    double p = Equivalence.oneSample(runs, 0, 1).p();
    assertEquals(lower3(1 / 6.0), p, 1e-9); // at the margin itself t is 0
    assertEquals(1 - lower3(3.796296296), 1 - MeanContrast.of(List.of(runs), 1).below(-1), 1e-9);
  }

  /** P(T ≤ t) with 3 degrees of freedom, in closed form. */
  private static double lower3(double t) {
    double x = t / Math.sqrt(3);
    return 0.5 + (x / (1 + x * x) + Math.atan(x)) / Math.PI;
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
