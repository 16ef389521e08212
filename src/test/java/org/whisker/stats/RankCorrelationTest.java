package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Correlation.RankCorrelation;
import org.whisker.stats.Estimate.Interval;

class RankCorrelationTest {
  private static double[] upTo(int n) {
    return IntStream.range(0, n).asDoubleStream().toArray();
  }

  @Test
  void aPerfectOrderIsCertainAndItsIntervalNoPoint() {
    double[] x = upTo(20);
    double[] falling = Arrays.stream(x).map(v -> -Math.exp(v)).toArray();
    RankCorrelation rho = RankCorrelation.of(x, falling, 999, new SplitMix64(1));
    assertEquals(-1, rho.rho(), 1e-12);
    assertEquals(0.001, rho.test().p(), 1e-12); // no permutation is as extreme
    assertEquals(-1, rho.interval().low(), 1e-12);
    assertTrue(rho.interval().high() > -1 && rho.interval().high() < -0.98);
  }

  @Test
  void theIntervalIsThatOfBonettAndWright() {
    // z = atanh(0.5) = 0.549306, error √(1.125 / 21) = 0.231455
    Interval interval = RankCorrelation.interval(0.5, 24);
    assertEquals(Math.tanh(0.549306 - 1.959964 * 0.231455), interval.low(), 1e-5);
    assertEquals(Math.tanh(0.549306 + 1.959964 * 0.231455), interval.high(), 1e-5);
    assertEquals(new Interval(-1, 1, 0.95), RankCorrelation.interval(0.5, 3));
  }

  @Test
  void withFewPairsTheFloorOfPIsThatOfAllOrders() {
    double[] x = upTo(4);
    double p = RankCorrelation.of(x, x, 9_999, new SplitMix64(1)).test().p();
    assertEquals(2 / 24.0, p, 0.01); // up and down, of 4! orders
  }

  /** Pairs of normal variables with this correlation; Spearman's is 6/π · asin(r/2). */
  private static double[][] normal(double r, int n, SplitMix64 random) {
    double[][] pairs = new double[2][n];
    for (int i = 0; i < n; i++) {
      pairs[0][i] = random.nextGaussian();
      pairs[1][i] = r * pairs[0][i] + Math.sqrt(1 - r * r) * random.nextGaussian();
    }
    return pairs;
  }

  @Test
  void intervalsCoverWhatIsPlanted() {
    for (double r : new double[] {0, 0.5, -0.8}) {
      double truth = 6 / Math.PI * Math.asin(r / 2);
      int covered = 0;
      for (int i = 0; i < 1_000; i++) {
        double[][] pairs = normal(r, 20, SplitMix64.stream(1, "coverage " + r, i));
        double rho = Correlation.spearman(pairs[0], pairs[1]);
        covered += RankCorrelation.interval(rho, 20).contains(truth) ? 1 : 0;
      }
      assertTrue(covered > 925, "r = " + r + ": " + covered);
    }
  }

  @Test
  void falsePositivesAreAsManyAsTheyMayBe() {
    int found = 0;
    for (int i = 0; i < 400; i++) {
      SplitMix64 random = SplitMix64.stream(1, "null", i);
      double[][] pairs = normal(0, 12, random);
      found += RankCorrelation.of(pairs[0], pairs[1], 199, random).test().p() <= 0.05 ? 1 : 0;
    }
    assertTrue(found >= 8 && found <= 34, "of 400: " + found); // 20 ± 3.2 standard errors
  }

  @Test
  void aConstantSideHasNone() {
    double[] x = upTo(5);
    SplitMix64 random = new SplitMix64(1);
    assertThrows(
        IllegalArgumentException.class, () -> RankCorrelation.of(x, new double[5], 9, random));
    assertThrows(IllegalArgumentException.class, () -> RankCorrelation.of(x, x, 0, random));
  }
}
